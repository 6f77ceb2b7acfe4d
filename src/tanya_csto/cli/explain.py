"""`tanya-csto ask --explain`: why a question is answered as it is."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from tanya_csto.bank.opinion import Bank, BankOpinion
from tanya_csto.finder import Finder
from tanya_csto.messages import say
from tanya_csto.question.parser import Question
from tanya_csto.ranking.answerability import answerability

SHOWN: Final = 5  # facts of the bank, and candidates


def explained(finder: Finder, question: Question) -> Iterator[str]:
    """Yield a paragraph for each step from a question to its answer: reading, bank, candidates, decision."""
    ranked, opinion = finder.candidates(question)
    concepts = ", ".join(f"{concept.surface} ({concept.kind})" for concept in question.concepts)
    yield say("explain-question", question=question.text, type=question.answer_type, concepts=concepts or "-")
    if finder.bank and opinion:
        yield _neighbours(question, finder.bank, opinion)
    if not ranked:
        return
    yield say("explain-candidates")
    for place, candidate in enumerate(ranked[:SHOWN], start=1):
        sentence = " ".join(candidate.retrieved.indexed.sentence.text.split())
        features = _weighed(candidate.features, finder.model.ranker)
        yield f"{place}. {candidate.score:.2f}  {candidate.article.outlet}: {sentence}\n{features}"
    probability, answer_from = finder.model.probability(question, ranked, opinion), finder.model.answer_from
    decision = say("explain-decision", probability=_percent(probability), answer_from=_percent(answer_from))
    yield f"{decision}\n{_weighed(answerability(question, ranked, opinion), finder.model.abstainer)}"


def _neighbours(question: Question, bank: Bank, opinion: BankOpinion) -> str:
    """Return the facts of the bank that are most probably asked for, by their first questions."""
    likeliest = sorted(zip(opinion.facts.tolist(), bank.shown, strict=True), reverse=True)[:SHOWN]
    lines = (f"{_percent(probability):>7}  {shown}" for probability, shown in likeliest)
    rest = {"unanswerable": _percent(opinion.unanswerable), "talk": _percent(sum(opinion.talk.values()))}
    return "\n".join((say("explain-held" if bank.holds(question) else "explain-bank", **rest), *lines))


def _weighed(features: Mapping[str, float], weights: Mapping[str, float]) -> str:
    """Return the features that count, the weightiest first."""
    parts = {name: value * weights[name] for name, value in features.items() if name in weights}
    order = sorted(parts, key=lambda name: -abs(parts[name]))
    return "   " + ", ".join(f"{name} {features[name]:.2f} × {weights[name]:.2f} = {parts[name]:.2f}" for name in order)


def _percent(probability: float) -> str:
    return f"{100 * probability:.1f} %".replace(".", ",")
