"""`tanya-csto ask --explain`: why a question is answered as it is."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from tanya_csto.answer.compose import cite
from tanya_csto.answer.finding import Finding, Quote
from tanya_csto.bank.opinion import CONTESTED, Bank, BankOpinion
from tanya_csto.finder import RELATED, Finder, related
from tanya_csto.messages import say
from tanya_csto.question.parser import Question
from tanya_csto.ranking.answerability import answerability
from tanya_csto.ranking.claims import find_claim, find_rivals
from tanya_csto.ranking.features import Candidate

SHOWN: Final = 5  # facts of the bank, and candidates


def explained(finder: Finder, question: Question) -> Iterator[str]:
    """Yield a paragraph for each step from a question to its answer.

    They are the reading, the bank, the candidates, disagreement, the decision, and the quotes beside the first.
    """
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
    yield _disagreement(finder, question, ranked, opinion)
    probability, answer_from = finder.model.probability(question, ranked, opinion), finder.model.answer_from
    decision = say("explain-decision", probability=_percent(probability), answer_from=_percent(answer_from))
    yield f"{decision}\n{_weighed(answerability(question, ranked, opinion), finder.model.abstainer)}"
    finding = finder.find(question.text, question.articles)
    if finding.status == "answered" and (beside := tuple(_beside(finding, related(ranked)))):
        yield "\n".join((say("explain-beside"), *beside))


def _neighbours(question: Question, bank: Bank, opinion: BankOpinion) -> str:
    """Return the facts of the bank that are most probably asked for, by their first questions."""
    likeliest = sorted(zip(opinion.facts.tolist(), bank.shown, strict=True), reverse=True)[:SHOWN]
    lines = (f"{_percent(probability):>7}  {shown}" for probability, shown in likeliest)
    rest = {"unanswerable": _percent(opinion.unanswerable), "talk": _percent(sum(opinion.talk.values()))}
    return "\n".join((say("explain-held" if bank.holds(question) else "explain-bank", **rest), *lines))


def _disagreement(finder: Finder, question: Question, ranked: Sequence[Candidate], opinion: BankOpinion | None) -> str:
    """Return by what it is found whether the articles disagree: the bank, or the claims that can be set against one."""
    if finder.bank and opinion and not finder.compares_texts:
        contest = _percent(finder.bank.contest(opinion))
        return say("explain-contested", probability=contest, contested_from=_percent(CONTESTED))
    model = finder.text_model
    ranked = model.rank(ranked)
    if (claim := find_claim(question, ranked[0])) is None:
        return say("explain-claim-none")
    lines = []
    for rival in find_rivals(question, ranked, finder.comparer):
        outlet, probability = rival.candidate.article.outlet, _percent(model.rivalry(rival.features))
        told = {"outlet": outlet, "claim": rival.claim.label, "probability": probability}
        differs = rival.claim.contradicts(claim)
        said = say("explain-rival-differs", **told) if differs else say("explain-rival-agrees", **told)
        lines.append(f"{said}\n{_weighed(rival.features, model.rival)}")
    best = {"outlet": ranked[0].article.outlet, "claim": claim.label, "rival_from": _percent(model.rival_from)}
    return "\n".join((say("explain-claim", **best), *(lines or [say("explain-rival-none")])))


def _beside(finding: Finding, near: Sequence[Candidate]) -> Iterator[str]:
    """Yield why each quote stands beside the first: its score is near, or it tells the same fact by the bank."""
    for each in cite(finding.quotes)[1:]:
        shown = {"n": each.n, "outlet": each.article.outlet}
        place = finding.quotes.index(Quote(each.article, each.span, each.highlights))
        if place < len(near):  # theirs come first
            gap = near[0].score - near[place].score
            yield say("explain-near", gap=f"{gap:.2f}", most=f"{RELATED:.2f}", **shown)
        elif finding.fact:
            yield say("explain-told", fact=finding.fact.questions[0], **shown)


def _weighed(features: Mapping[str, float], weights: Mapping[str, float]) -> str:
    """Return the features that count, the weightiest first."""
    parts = {name: value * weights[name] for name, value in features.items() if name in weights}
    order = sorted(parts, key=lambda name: -abs(parts[name]))
    return "   " + ", ".join(f"{name} {features[name]:.2f} × {weights[name]:.2f} = {parts[name]:.2f}" for name in order)


def _percent(probability: float) -> str:
    return f"{100 * probability:.1f} %".replace(".", ",")
