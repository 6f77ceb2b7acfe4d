"""What the environment and the options of a command say together."""

from __future__ import annotations

import argparse
import os

from tanya_csto.engine import Tanya
from tanya_csto.models.networks import networks_for
from tanya_csto.service.settings import Settings, variable


def settings_of(options: argparse.Namespace, *names: str) -> Settings:
    """Return the settings of the environment, those that the command names put in front."""
    given = {variable(name): getattr(options, name) for name in names}
    return Settings.read(os.environ | {name: value for name, value in given.items() if value is not None})


def engine_of(options: argparse.Namespace) -> Tanya:
    """Return the engine that answers from the corpus of the command."""
    settings = settings_of(options, "corpus")
    return Tanya(settings.corpus, networks_for(settings.mode), settings.index)
