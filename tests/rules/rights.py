"""Who may do what, written a second time: from the matrix of powers, not from the permission file.

own: raised it, or it is theirs · grp: a unit of their group raised it · asg: their unit handles it or looks
after it · wnt: they went along · grp+asg: either · all: any of their committee · -: never.
"""

ROLES = [
    "resident",
    "member",
    "secretary",
    "clerk",
    "director",
    "handler",
    "leader",
    "auditor",
    "admin",
    "system",
]
RELATIONS = {"own": "own", "grp": "group", "asg": "unit", "wnt": "along", "all": "committee"}

TABLE = """
                                resident member secretary clerk director handler leader auditor admin system
case.create                     -        all    -         all   all      -       -      -       -     -
case.read                       own      own    grp       all   all      -       all    all     -     -
case.read_story                 -        own    grp       all   all      -       all    -       -     -
case.edit                       -        own    -         all   all      -       -      -       -     -
case.coordinate                 -        -      -         all   all      -       -      -       -     -
case.handle                     -        -      -         all   all      -       -      -       -     all
case.feed_back                  -        -      -         all   all      -       -      -       -     all
case.rework                     -        -      -         all   all      -       -      -       -     -
case.reopen                     -        -      -         -     -        -       -      -       -     all
case.recall                     -        -      -         -     -        -       -      -       -     all
case.withdraw                   -        own    -         all   all      -       -      -       -     -
case.decline                    -        -      -         all   all      -       -      -       -     -
case.merge                      -        -      -         all   all      -       -      -       -     -
case.unmerge                    -        -      -         all   all      -       -      -       -     -
case.close                      -        -      -         -     all      -       -      -       -     -
case.rate                       own      own    -         -     -        -       -      -       -     -
case.note                       -        -      -         all   all      -       -      -       -     -
case.instruct                   -        -      -         -     all      -       all    -       -     -
case.assign                     -        -      -         all   all      -       -      -       -     -
case.draft_letter               -        -      -         all   all      -       -      -       -     -
case.attach                     -        own    -         all   all      -       -      -       -     -
case.issue_code                 -        own    -         all   all      -       -      -       -     -
case.reset_letter_lock          -        -      -         all   all      -       -      -       -     -
case.put_on_agenda              -        -      -         all   all      -       -      -       -     -
resident.read_masked            -        -      -         all   all      -       all    -       -     -
resident.read_own               -        own    -         -     -        -       -      -       -     -
resident.reveal                 -        -      -         all   all      -       -      -       -     -
attachment.read                 -        own    grp       all   all      -       -      -       -     -
assignment.read                 -        own    grp       all   all      asg     all    all     -     -
assignment.read_text            -        own    grp       all   all      asg     all    -       -     -
assignment.edit                 -        -      -         all   all      -       -      -       -     -
assignment.dispatch             -        -      -         all   all      -       -      -       -     -
assignment.accept               -        -      -         -     -        asg     -      -       -     -
assignment.request_return       -        -      -         -     -        asg     -      -       -     -
assignment.decide_return        -        -      -         all   all      -       -      -       -     -
assignment.decide_second_return -        -      -         -     all      -       -      -       -     -
assignment.reply                -        -      -         -     -        asg     -      -       -     -
assignment.approve_reply        -        -      -         all   all      -       -      -       -     -
assignment.rework               -        -      -         all   all      -       -      -       -     -
assignment.rework_again         -        -      -         -     all      -       -      -       -     -
assignment.waive                -        -      -         all   -        -       -      -       -     -
assignment.revoke               -        -      -         -     all      -       -      -       -     -
letter.read                     own      own    grp       all   all      -       -      all     -     -
letter.read_content             -        own    -         all   all      -       -      -       -     -
letter.edit                     -        -      -         all   all      -       -      -       -     -
letter.submit                   -        -      -         all   all      -       -      -       -     -
letter.approve                  -        -      -         -     all      -       -      -       -     -
letter.reject                   -        -      -         -     all      -       -      -       -     -
letter.issue                    -        -      -         all   all      -       -      -       -     -
letter.deliver                  -        -      -         all   all      -       -      -       -     -
letter.acknowledge              -        -      -         all   all      -       -      -       -     -
letter.void                     -        -      -         -     all      -       -      -       -     -
submission.create               -        own    grp       all   -        -       -      -       -     -
submission.read                 -        own    grp       all   all      -       all    -       -     -
submission.correct              -        own    -         all   -        -       -      -       -     -
submission.withdraw             -        own    -         all   -        -       -      -       -     -
submission.select               -        -      -         all   all      -       -      -       -     -
submission.keep                 -        -      -         all   all      -       -      -       -     -
submission.check                -        -      -         all   all      -       -      -       -     -
submission.send_back            -        -      -         all   all      -       -      -       -     -
submission.send_up              -        -      -         all   all      -       -      -       -     -
submission.adopt                -        -      -         all   all      -       -      -       -     -
submission.leader_note          -        -      -         all   all      -       -      -       -     -
submission.tell                 -        -      -         all   all      -       -      -       -     -
submission.file                 -        -      -         all   all      -       -      -       -     -
submission.forward              -        -      -         all   all      -       -      -       -     -
submission.answer               -        -      -         all   all      -       -      -       -     -
submission.convert              -        -      -         all   all      -       -      -       -     -
submission.sign                 -        -      -         -     all      -       -      -       -     -
submission.follow_up            -        own    -         all   all      -       -      -       -     -
submission.settle               -        own    -         all   all      -       -      -       -     -
submission.drop                 -        own    -         all   all      -       -      -       -     -
submission.export               -        own    grp       all   all      -       -      -       -     -
case.convert                    -        -      -         all   all      -       -      -       -     -
booklet.read                    -        -      -         all   all      -       -      -       -     -
booklet.edit                    -        -      -         all   -        -       -      -       -     -
booklet.submit                  -        -      -         all   -        -       -      -       -     -
booklet.check                   -        -      -         all   all      -       -      -       -     -
booklet.approve                 -        -      -         -     all      -       -      -       -     -
booklet.publish                 -        -      -         all   all      -       -      -       -     -
booklet.return                  -        -      -         all   all      -       -      -       -     -
booklet.recall                  -        -      -         -     all      -       -      -       -     -
booklet.amend                   -        -      -         all   -        -       -      -       -     -
booklet.export                  -        -      -         all   all      -       -      -       -     -
booklet.open                    -        all    all       all   all      -       all    all     -     -
exemplar.mark                   -        -      grp       all   -        -       -      -       -     -
digest.read                     -        -      -         all   all      -       all    all     -     -
digest.export                   -        -      -         all   all      -       -      -       -     -
digest.send                     -        -      -         all   all      -       -      -       -     all
visit.create                    -        all    -         -     -        -       -      -       -     -
visit.create_for                -        -      grp       all   -        -       -      -       -     -
visit.add_photo                 -        own    -         -     -        -       -      -       -     -
visit.edit                      -        own    -         -     -        -       -      -       -     -
photo.read                      -        own    grp       all   all      -       -      -       -     -
photo.remove                    -        own    -         all   all      -       -      -       -     -
visit.raise_case                -        own    -         all   all      -       -      -       -     -
visit.read                      -        own+wnt grp      all   all      -       all    -       -     -
contact_link.create             -        all    -         -     -        -       -      -       -     -
contact_link.read               -        own    grp       all   all      -       all    -       -     -
contact_link.end                -        own    -         all   -        -       -      -       -     -
import.create                   -        all    all       all   -        -       -      -       all   -
import.read                     -        own    own       all   -        -       -      -       own   -
import.confirm                  -        own    own       all   -        -       -      -       own   -
person.read                     -        -      -         -     -        -       -      all     all   -
person.edit                     -        -      -         -     -        -       -      -       all   all
unit.read                       -        all    all       all   all      all     all    all     all   -
unit.edit                       -        -      -         -     -        -       -      -       all   -
audit.read                      -        -      -         -     all      -       -      all     -     -
members.list                    -        -      all       all   all      -       -      -       all   -
case.export                     -        own    grp       all   all      -       -      all     -     -
assignment.export               -        own    grp       all   all      asg     -      all     -     -
letter.export                   -        own    grp       all   all      -       -      all     -     -
visit.export                    -        own+wnt grp      all   all      -       -      -       -     -
campaign.read                   -        all    all       all   all      -       all    all     -     -
campaign.count                  -        -      grp       all   all      -       all    all     -     -
campaign.create                 -        -      -         all   all      -       -      -       -     -
campaign.exempt                 -        -      -         all   all      -       -      -       -     -
campaign.export                 -        -      grp       all   all      -       -      all     -     -
campaign.export_results         -        own    grp       all   all      -       -      -       -     -
campaign.remind                 -        -      grp       all   all      -       -      -       -     -
campaign.mark_done              -        -      -         all   all      -       -      -       -     -
campaign.name_drives            -        -      -         all   all      -       -      -       -     -
campaign.score                  -        own    grp       all   all      -       all    -       -     -
campaign.export_scores          -        -      grp       all   all      -       -      -       -     -
campaign.set_score_items        -        -      -         -     all      -       -      -       -     -
campaign.nominate               -        -      -         all   all      -       -      -       -     -
campaign.print_pack             -        -      -         all   all      -       -      -       -     -
group_report.read               -        -      grp+asg   all   all      -       all    all     -     -
group_report.confirm            -        -      grp       -     -        -       -      -       -     -
group_report.receive            -        -      -         all   all      -       -      -       -     -
group_report.reopen             -        -      grp       all   all      -       -      -       -     -
group_report.reopen_received    -        -      -         all   all      -       -      -       -     -
group_report.correct_figure     -        -      grp       all   -        -       -      -       -     -
group_report.write_story        -        -      grp       all   -        -       -      -       -     -
group_report.liaise             -        -      -         all   all      -       -      -       -     -
group_report.supervise          -        -      asg       all   all      -       -      -       -     -
activity.read                   -        all    all       all   all      -       all    all     -     -
activity.edit                   -        -      grp       all   all      -       -      -       -     -
activity.hear                   -        grp    grp       all   all      -       -      -       -     -
invitee.read                    -        -      grp       all   all      -       -      -       -     -
invitee.propose                 -        -      grp       all   -        -       -      -       -     -
invitee.approve                 -        -      -         -     all      -       -      -       -     -
invitee.decline                 -        -      -         -     all      -       -      -       -     -
invitee.withdraw                -        -      grp       all   -        -       -      -       -     -
invitee.attend                  -        -      grp       all   -        -       -      -       -     -
invitee.miss                    -        -      grp       all   -        -       -      -       -     -
invitee.speak                   -        -      grp       all   -        -       -      -       -     -
invitee.export                  -        -      grp       all   all      -       -      -       -     -
workstation.read                -        all    all       all   all      -       all    all     -     -
workstation.edit                -        -      grp       all   all      -       -      -       -     -
workstation.publish             -        -      -         all   all      -       -      -       -     -
workstation.hear                -        grp    grp       all   all      -       -      -       -     -
meeting.read                    -        -      -         all   all      -       all    all     -     -
meeting.edit                    -        -      -         all   all      -       -      -       -     -
meeting.export                  -        -      -         all   all      -       -      -       -     -
work_rules.read                 -        all    all       all   all      all     all    all     all   -
work_rules.edit                 -        -      -         -     all      -       -      -       -     -
"""

# People who may not although their role may.
NOT_BY = {
    "letter.approve": ("drafter",),
    "person.edit": ("self",),
    "submission.sign": ("editor",),
    "invitee.approve": ("proposer",),
    "invitee.decline": ("proposer",),
    "booklet.check": ("editor",),
    "booklet.approve": ("editor", "checker"),
    "exemplar.mark": ("doer",),
}

# Accusations (Petition Regulation art. 30): beside directors only these, and only this much.
ACCUSATION = {
    "officer": {
        "case.read",
        "case.read_story",
        "case.note",
        "assignment.read",
        "letter.read",
        "letter.read_content",
        "resident.read_masked",
        "attachment.read",
    },
    "raiser before triage": {
        "case.read",
        "case.read_story",
        "case.withdraw",
        "case.issue_code",
        "case.rate",
        "resident.read_own",
    },
    "raiser after triage": {"case.read", "case.issue_code", "case.rate"},
    "resident": {"case.read", "case.rate", "letter.read"},
    "clerk": set(),
    "secretary": set(),
    "handler": set(),
    "leader": set(),
    "auditor": set(),
    "admin": set(),
}


def rights() -> dict[str, dict[str, str]]:
    """question → role → the relation that lets it, or "-"."""
    head, *rows = TABLE.strip("\n").splitlines()
    assert head.split() == ROLES
    return {question: dict(zip(ROLES, cells, strict=True)) for question, *cells in map(str.split, rows)}
