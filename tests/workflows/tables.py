"""What may follow what, written a second time: from the decisions, not from the rulebooks.

A line is `state  move[:variant]  →  target  needs…`; a target of `=` leaves the state alone. Two lines that
start alike are alternatives, told apart by what they need.
"""

from dataclasses import dataclass

CASE = """
raised       coordinate:assign     → coordinated  has_category subject_is_decided is_open may_be_assigned has_lead drafts_are_confirmed
raised       coordinate:quick      → coordinated  has_category subject_is_decided is_open is_not_accusation
raised       coordinate:refer      → coordinated  has_category subject_is_decided is_open
raised       coordinate:brief      → coordinated  has_category subject_is_decided is_open is_not_accusation
raised       handle:with_master    → handled      is_merged has_outcome
raised       feed_back:declined    → fed_back     is_declined is_told
raised       withdraw              → =            is_open has_no_children
raised       decline               → =            is_open has_no_reply has_no_children
raised       merge                 → =            is_open has_no_reply has_no_children
raised       unmerge               → =            is_merged master_is_not_handled
coordinated  handle                → handled      is_open has_outcome departments_answer
coordinated  handle                → handled      is_open has_outcome office_answers
coordinated  handle:with_master    → handled      is_merged has_outcome
coordinated  feed_back:declined    → fed_back     is_declined is_told
coordinated  recall                → raised       all_returned
coordinated  withdraw              → =            is_open has_no_children
coordinated  decline               → =            is_open has_no_reply has_no_children
coordinated  merge                 → =            is_open has_no_reply has_no_children
coordinated  unmerge               → =            is_merged master_is_not_handled
handled      feed_back             → fed_back     is_told
handled      rework                → coordinated  is_open has_no_issued_letter
fed_back     reopen                → coordinated  is_open may_reopen
fed_back     close                 → =            is_not_closed
"""  # noqa: E501

ASSIGNMENT = """
draft             dispatch               → dispatched        case_takes_departments has_confirmed_text unit_may_receive fits_the_others
draft             revoke                 → revoked
dispatched        accept                 → accepted
dispatched        request_return         → return_requested  in_return_window
dispatched        reply                  → replied
dispatched        waive                  → waived            is_co
dispatched        revoke                 → revoked
accepted          request_return         → return_requested  in_return_window
accepted          reply                  → replied
accepted          waive                  → waived            is_co
accepted          revoke                 → revoked
replied           approve_reply          → completed
replied           rework                 → reworking         case_is_coordinated reworks_are_left
replied           rework                 → reworking         case_is_coordinated reworks_are_used_up
replied           waive                  → waived            is_co
replied           revoke                 → revoked
reworking         reply                  → replied
reworking         waive                  → waived            is_co
reworking         revoke                 → revoked
completed         rework                 → reworking         case_is_coordinated reworks_are_left
completed         rework                 → reworking         case_is_coordinated reworks_are_used_up
return_requested  decide_return:granted  → returned          is_first_return
return_requested  decide_return:granted  → returned          is_repeated_return
return_requested  decide_return:refused  → accepted          was_accepted is_first_return
return_requested  decide_return:refused  → accepted          was_accepted is_repeated_return
return_requested  decide_return:refused  → dispatched        was_not_accepted is_first_return
return_requested  decide_return:refused  → dispatched        was_not_accepted is_repeated_return
return_requested  waive                  → waived            is_co
return_requested  revoke                 → revoked
"""  # noqa: E501

LETTER = """
draft         submit       → submitted     checks_pass preview_rendered
draft         void         → voided
submitted     approve      → approved
submitted     reject       → draft
submitted     void         → voided
approved      reject       → draft
approved      issue        → issued
approved      void         → voided
issued        deliver      → delivered     has_pdf
issued        void         → voided
delivered     acknowledge  → acknowledged
delivered     void         → voided
"""

GROUP_REPORT = """
draft            confirm  → group_confirmed
group_confirmed  receive  → office_received
group_confirmed  reopen   → draft
office_received  reopen   → draft
"""

BOOKLET = """
draft          submit   → submitted      has_items all_confirmed
submitted      check    → approved_once  has_files
submitted      return   → draft
submitted      amend    → draft
approved_once  approve  → approved       has_files
approved_once  return   → draft
approved_once  amend    → draft
approved       publish  → published      has_files has_two_approvals
approved       return   → draft
approved       amend    → draft
published      recall   → draft
"""

INVITEE = """
proposed  approve   → approved   is_called_for
proposed  decline   → declined
proposed  withdraw  → withdrawn
approved  attend    → attended   has_begun
approved  miss      → absent     has_begun has_not_spoken
approved  withdraw  → withdrawn
attended  miss      → absent     has_begun has_not_spoken
attended  speak     → =
absent    attend    → attended   has_begun
"""

BRIEF = """
submitted  select       → selected
submitted  keep         → kept
submitted  withdraw     → withdrawn
selected   keep         → kept
selected   check        → edited     has_edited_text
edited     send_back    → selected
edited     sign         → signed
signed     send_up      → sent_up
sent_up    adopt        → =
sent_up    leader_note  → =
sent_up    tell         → =
kept       select       → selected
kept       tell         → =
"""

SUGGESTION = """
submitted  forward   → forwarded
submitted  file      → noted
submitted  withdraw  → withdrawn
noted      forward   → forwarded
noted      answer    → answered
forwarded  answer    → answered
"""

LEAD = """
submitted  follow_up  → following
submitted  drop       → dropped
submitted  withdraw   → withdrawn
following  follow_up  → following
following  settle     → settled
following  drop       → dropped
dropped    follow_up  → following
"""

# What whoever makes a move may bring along: the same in every row of the move.
BROUGHT = {
    "coordinate:assign": "has_category subject_is_decided has_lead drafts_are_confirmed",
    "coordinate:quick": "has_category subject_is_decided",
    "coordinate:refer": "has_category subject_is_decided",
    "coordinate:brief": "has_category subject_is_decided",
    "feed_back": "is_told",
    "feed_back:declined": "is_told",
    "submit": "preview_rendered",
    "check": "has_edited_text",
}

# Of each pair a real object meets exactly one.
OPPOSITES = {
    "is_first_return": "is_repeated_return",
    "was_accepted": "was_not_accepted",
    "reworks_are_left": "reworks_are_used_up",
    "departments_answer": "office_answers",
}


@dataclass(frozen=True)
class Line:
    state: str
    move: str
    variant: str | None
    target: str
    needs: frozenset[str]

    @property
    def brought(self) -> frozenset[str]:
        """Those of the needs that come with the move's own input."""
        if "office_answers" in self.needs:
            return frozenset({"has_outcome"})
        step = f"{self.move}:{self.variant}" if self.variant else self.move
        return self.needs & frozenset(BROUGHT.get(step, "").split())


def lines(text: str) -> list[Line]:
    found = []
    for line in text.strip().splitlines():
        state, step, _arrow, target, *needs = line.split()
        move, _, variant = step.partition(":")
        found.append(Line(state, move, variant or None, state if target == "=" else target, frozenset(needs)))
    return found


LIVES = {
    "case": lines(CASE),
    "assignment": lines(ASSIGNMENT),
    "letter": lines(LETTER),
    "group_report": lines(GROUP_REPORT),
    "booklet": lines(BOOKLET),
    "invitee": lines(INVITEE),
    "brief": lines(BRIEF),
    "suggestion": lines(SUGGESTION),
    "lead": lines(LEAD),
}

# What the permission file calls a thing, where several lives share it.
NOUNS = {"brief": "submission", "suggestion": "submission", "lead": "submission"}

# What is asked instead of the move's own name: by the need that makes a second time of it, or by the state.
ASKS: dict[str | tuple[str, str, str], str] = {
    "is_repeated_return": "decide_second_return",
    "reworks_are_used_up": "rework_again",
    ("group_report", "reopen", "office_received"): "reopen_received",
}


def asked(life: str, line: Line) -> str:
    """The verb of the permission a line takes."""
    for key in (*line.needs, (life, line.move, line.state)):
        if key in ASKS:
            return ASKS[key]
    return line.move
