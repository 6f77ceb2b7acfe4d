"""What the environment and the options of a command say together."""

from __future__ import annotations

import argparse
import os
import shlex
import sys
from typing import Final

from tanya_csto.corpus.articles import load_corpus
from tanya_csto.engine import Tanya
from tanya_csto.messages import say
from tanya_csto.models.networks import networks_for
from tanya_csto.retrieval.dense import kind_of_vectors
from tanya_csto.retrieval.store import INDEX, is_kept
from tanya_csto.service.settings import Settings, variable

MANY: Final = 500  # articles that take seconds to read without an index, and those that take as long in the full mode
MANY_FULL: Final = 20


def settings_of(options: argparse.Namespace, *names: str) -> Settings:
    """Return the settings of the environment, those that the command names put in front."""
    given = {variable(name): getattr(options, name) for name in names}
    return Settings.read(os.environ | {name: value for name, value in given.items() if value is not None})


def engine_of(options: argparse.Namespace) -> Tanya:
    """Return the engine that answers from the corpus of the command."""
    settings = settings_of(options, "corpus")
    corpus, networks = load_corpus(settings.corpus), networks_for(settings.mode)
    many = len(corpus) > (MANY if networks is None else MANY_FULL)
    if many and settings.index is None and not is_kept(corpus, kind_of_vectors(networks) if networks else INDEX):
        folder = f" --corpus {shlex.quote(options.corpus)}" if options.corpus else ""
        print(say("unindexed", count=len(corpus), options=folder), file=sys.stderr)
    return Tanya(corpus, networks, settings.index)
