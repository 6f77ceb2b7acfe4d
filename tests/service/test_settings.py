from pathlib import Path

import pytest

from tanya_csto.errors import SettingsError
from tanya_csto.service.settings import Settings


def test_an_empty_environment_listens_on_this_computer_only():
    assert Settings.read({}) == Settings(host="127.0.0.1", port=8000, corpus=None)


def test_the_environment_sets_host_port_and_corpus():
    environ = {"TANYA_HOST": "::1", "TANYA_PORT": " 80 ", "TANYA_CORPUS": "lain"}
    assert Settings.read(environ) == Settings("::1", 80, Path("lain"))


@pytest.mark.parametrize("port", ["", "  ", "delapan", "-1", "65536", "8.000", "8_000", "٨٠٠٠", "0x50"])
def test_a_bad_port_is_refused_by_name(port):
    with pytest.raises(SettingsError, match=r"^Setelan TANYA_PORT tidak sah: "):
        Settings.read({"TANYA_PORT": port})


@pytest.mark.parametrize("name", ["TANYA_HOST", "TANYA_CORPUS"])
def test_an_empty_setting_is_refused_by_name(name):
    with pytest.raises(SettingsError, match=name):
        Settings.read({name: ""})
