import pytest
from pydantic import ValidationError

from docgen.casefile import read_case
from docgen.errors import CaseError
from docgen.model import Case


def test_a_comma_never_swallows_the_citizens_words(tmp_path):
    """Skriver jeg borgerens ord med komma og uden anførselstegn, får jeg det at vide; teksten bliver ikke klippet over."""
    case = tmp_path / "sag.yaml"
    case.write_text("version: 1\naccount: {own_words: Det går, når jeg hviler}\n", "utf-8")
    with pytest.raises(CaseError, match="når jeg hviler"):
        read_case(case)


def test_an_empty_key_is_a_field_not_filled_in(tmp_path):
    """Et felt, jeg lader stå tomt, er ikke udfyldt; det er ingen fejl."""
    case = tmp_path / "sag.yaml"
    case.write_text("version: 1\ncase_number:\ndocuments:\n", "utf-8")
    assert read_case(case).case_number is None


@pytest.mark.parametrize("number", [0, 0.0, 86400, 20261122])
def test_a_number_is_no_date(number) -> None:
    """Et tal i et datofelt bliver ikke til en dato fra 1970; det er en fejl, der skal rettes."""
    with pytest.raises(ValidationError):
        Case.model_validate({"hearing": {"answered_on": number}})
