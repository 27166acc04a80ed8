"""What a sentence says of a season's weeks in a chart: places, stays, hours, rises and falls."""

from . import viewership_words as words
from .doubts import is_doubtful
from .figures import Figure, figure_from, fraction_from
from .subjects import BEGINS_WITH_METRIC, BEGINS_WITH_SUBJECT, Subject, subject_before
from .weekly_claims import Amount, Best, Change, NeverIn, Out, Rank, Stay, Trend
from .weeks import When, when_of, whens_in


def viewership_claims_in(sentence):
    """The claims about a weekly list that a sentence makes as facts."""
    text = sentence.text
    if not words.TRIGGER.search(text) or words.ELSEWHERE.search(text) or is_doubtful(sentence, len(text)):
        return
    for reader in (_ranks, _outs, _stays, _nevers, _amounts, _changes, _trends):
        yield from reader(text)


def _ranks(text):
    for match in words.RANK.finditer(text):
        rank = int(match["hash"] or match["at"] or match["bare"])
        if rank > 10 or (match["bare"] == "1" and not match[0].endswith(("place", "position", "spot"))):
            continue
        if subject := subject_before(text, match.start()):
            yield _rank(text, match, subject, rank)
    for match in words.TOPPED.finditer(text):
        if subject := subject_before(text, match.start()):
            yield _rank(text, match, subject, 1)


def _rank(text, match, subject, rank):
    verb = match["verb"].lower()
    when = when_of(text, *match.span(), subject.words)
    if words.pattern(words.BEGAN).fullmatch(verb):
        return Rank(subject, when or When("in", 1), rank)
    if words.pattern(words.PEAKED).fullmatch(verb):
        return Best(subject, when, rank)
    if words.pattern(words.REACHED).fullmatch(verb):
        return Best(subject, when, rank, at_least=True)
    return Rank(subject, when, rank)


def _outs(text):
    for match in words.OUT.finditer(text):
        if subject := subject_before(text, match.start(), with_figures=True):
            state = words.pattern(r"(?:is|was|had|has)\b").match(match["verb"])
            when = when_of(text, *match.span(), subject.words)
            yield Out(subject, when, "was" if state else "fell")


def _stays(text):
    for match in words.IN_FOR.finditer(text):
        if (
            match["top"] is None
            and "top10" not in match[0]
            and not words.pattern(words.LIST).search(match[0])
        ):
            continue
        if subject := subject_before(text, match.start()):
            yield Stay(subject, None, figure_from(match), at_top=match["top"] is not None)
    for match in words.AT_TOP_FOR.finditer(text):
        if subject := subject_before(text, match.start()):
            yield Stay(subject, None, figure_from(match), at_top=True)
    for match in words.RUN_OF.finditer(text):
        if "top10" in match[0] or "list" in match[0] or "chart" in match[0]:
            yield from (Stay(subject, None, figure_from(match)) for subject in _unnamed(text))


def _nevers(text):
    for match in words.NEVER.finditer(text):
        if subject := subject_before(text, match.start()):
            yield NeverIn(subject, when_of(text, *match.span(), subject.words))


def _unnamed(text):
    """The subject of a figure that hangs on no verb, where the sentence is about a run at all."""
    match = BEGINS_WITH_METRIC.search(text) or BEGINS_WITH_SUBJECT.search(text)
    if match:
        yield Subject(None, Subject.told_by(match["subject"]).season)
    elif whens_in(text) or words.pattern("[\ue100-\ue1ff]").search(text):
        yield Subject()


def _amounts(text):
    unit = None
    for match in words.HOURS.finditer(text):
        unit = match["unit"] or unit
        figure = figure_from(match)
        # Without its own unit a number is meant like the one before, if it is as large.
        if (
            not unit
            or figure.value < 500_000
            or words.pattern(words.CHANGED_BY).search(text[: match.start()])
        ):
            continue
        unit = "views" if unit.lower().startswith("view") else "hours"
        for subject in _unnamed(text):
            is_sum = bool(words.SUMMED.search(text))
            when = when_of(text, match.start(), match.end(), subject.words)
            yield Amount(subject, when, figure, unit=unit, is_sum=is_sum)


def _changes(text):
    taken = []
    for pattern, needs_subject in words.CHANGES:
        for match in pattern.finditer(text):
            if any(start < match.end() and match.start() < end for start, end in taken):
                continue
            taken.append(match.span())
            figure = _size(match)
            subjects = [subject_before(text, match.start(), with_figures=True)] if needs_subject else []
            for subject in filter(
                None, subjects if any(subjects) else _after_figure(text, match, needs_subject)
            ):
                when = when_of(text, *match.span(), subject.words)
                yield Change(subject, when, figure, is_fall=match.groupdict().get("down") is not None)


def _after_figure(text, match, needs_subject):
    """ "…, down 64%": a participle after a comma takes the sentence's subject."""
    is_loose = match[0].lower().startswith(("down", "up")) or not needs_subject
    return list(_unnamed(text)) if is_loose else []


def _size(match):
    if match["number"]:
        return figure_from(match)
    return fraction_from(match["fraction"].lower(), match["bounds"]) if match["fraction"] else Figure(50, 5)


def _trends(text):
    for match in words.TREND.finditer(text):
        if subject := subject_before(text, match.start(), with_figures=True):
            when = when_of(text, *match.span(), subject.words)
            of_hours = bool(words.pattern("hours|view|audience|figures").search(subject.words))
            yield Trend(subject, when, is_fall=match["down"] is not None, of_hours=of_hours)
