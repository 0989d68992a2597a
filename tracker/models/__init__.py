"""What we remember."""

from tracker.models.activity import Activity, ReceptionDay, Workstation
from tracker.models.agenda import AgendaItem, Meeting
from tracker.models.assignment import Assignment, Reply, ReturnRequest
from tracker.models.attachment import Attachment
from tracker.models.base import Base
from tracker.models.booklet import Booklet, BookletFile, BookletItem, Exemplar
from tracker.models.calendar import CalendarDay
from tracker.models.campaign import (
    AwardCandidate,
    Campaign,
    CampaignPhase,
    Exemption,
    PlanItem,
    Quota,
    ScoreItem,
)
from tracker.models.case import Case
from tracker.models.committee import Committee, Counter, OrgUnit
from tracker.models.contact_link import ContactLink
from tracker.models.diary import ChainHead, Event, IdentityView, Note
from tracker.models.digest import Digest
from tracker.models.form_import import FormImport, ImportFile, ImportForm, ImportOriginal
from tracker.models.group_report import FigureCorrection, GroupReport, LiaisonDuty, SupervisionRecord
from tracker.models.invitee import Invitee
from tracker.models.letter import Letter
from tracker.models.outbox import IdempotencyKey, Notice, Outbox, RateCount
from tracker.models.person import ApiToken, Bridge, Invitation, LoginSession, Membership, Person
from tracker.models.photo import Photo
from tracker.models.place import Area, Category
from tracker.models.rating import Rating
from tracker.models.resident import Resident
from tracker.models.saved_view import SavedView
from tracker.models.search import SearchText
from tracker.models.submission import Adoption, Conversion, FollowUp, LeaderNote, Submission
from tracker.models.tracking import TrackingCode
from tracker.models.visit import Visit, Visitor
from tracker.models.work_rules import WorkRules

__all__ = [
    "Activity",
    "Adoption",
    "AgendaItem",
    "ApiToken",
    "Area",
    "Assignment",
    "Attachment",
    "AwardCandidate",
    "Base",
    "Booklet",
    "BookletFile",
    "BookletItem",
    "Bridge",
    "CalendarDay",
    "Campaign",
    "CampaignPhase",
    "Case",
    "Category",
    "ChainHead",
    "Committee",
    "ContactLink",
    "Conversion",
    "Counter",
    "Digest",
    "Event",
    "Exemplar",
    "Exemption",
    "FigureCorrection",
    "FollowUp",
    "FormImport",
    "GroupReport",
    "IdempotencyKey",
    "IdentityView",
    "ImportFile",
    "ImportForm",
    "ImportOriginal",
    "Invitation",
    "Invitee",
    "LeaderNote",
    "Letter",
    "LiaisonDuty",
    "LoginSession",
    "Meeting",
    "Membership",
    "Note",
    "Notice",
    "OrgUnit",
    "Outbox",
    "Person",
    "Photo",
    "PlanItem",
    "Quota",
    "RateCount",
    "Rating",
    "ReceptionDay",
    "Reply",
    "Resident",
    "ReturnRequest",
    "SavedView",
    "ScoreItem",
    "SearchText",
    "Submission",
    "SupervisionRecord",
    "TrackingCode",
    "Visit",
    "Visitor",
    "WorkRules",
    "Workstation",
]
