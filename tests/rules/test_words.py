from tracker.rules.words import N_, Phrase


def test_marking_a_text_leaves_it_as_it_is():
    assert N_("办结") == "办结"


def test_a_phrase_fills_its_places():
    assert str(Phrase("剩 %(days)s 个工作日", {"days": 2})) == "剩 2 个工作日"
