"""A filter's select: which option is chosen, and what of it a process keeps."""

from django import forms

from kit.forms import FilterSelect, _kept_options


class Filter(forms.Form):
    genre = forms.ChoiceField(choices=[("", "Any"), ("a&b", "A & <B>"), ("c", "C")], widget=FilterSelect)


def drawn(value: str) -> str:
    return str(Filter({"genre": value})["genre"])


def test_reader_sees_the_option_they_chose_and_not_one_chosen_before() -> None:
    assert '<option value="c" selected>C</option>' in drawn("c")
    other = drawn("a&b")
    assert '<option value="a&amp;b" selected>A &amp; &lt;B&gt;</option>' in other
    assert other.count(" selected") == 1


def test_reader_keeps_a_value_that_is_no_choice_and_the_process_does_not() -> None:
    drawn("")
    kept = _kept_options.cache_info().currsize
    page = drawn("c,<x>")
    assert '<option value="c,&lt;x&gt;" selected>C, &lt;x&gt;</option>' in page
    assert _kept_options.cache_info().currsize == kept
    assert "&lt;x&gt;" not in drawn("")
