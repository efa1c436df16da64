"""Every address of the portal, opened and posted to by nobody, by every role and by a colleague of another wijk.

TABLE says who may and what they get. Who may not is sent to the log-in when nobody is logged in, and else gets the same
404 as for something that does not exist. A new address without a line in the table fails the test.
"""

from __future__ import annotations

import copy
import re
from dataclasses import dataclass
from fnmatch import translate
from functools import cache

import pytest
from django.db import transaction
from django.http import HttpResponseBase
from django.test import Client
from django.urls import reverse

from tests import world
from tests.world import Url

pytestmark = pytest.mark.django_db

ROLES = frozenset(
    {
        "beheerder",
        "wijkmanager",
        "buurttoezichter",
        "buurtwerkplaats",
        "behandelaar",
        "teamleider",
        "toegankelijkheidscoördinator",
        "screener",
        "samenlevingscoördinator",
        "lezer",
    }
)
ANONYMOUS = frozenset({"anonymous"})
STAFF = ROLES | {"other wijk"}
LOGGED_IN = STAFF | {"no role"}
EVERYBODY = LOGGED_IN | ANONYMOUS
# The report of the test is of a wijk, new, and with the team of the wijkmanager.
SEES = ROLES - {"toegankelijkheidscoördinator", "screener", "samenlevingscoördinator"}
HANDLES = SEES - {"lezer"}
ALL_HANDLE = HANDLES | {"other wijk"}
# The need of the test is of that wijk too.
OF_THE_WIJK = SEES - {"behandelaar"}
DECIDES = frozenset({"beheerder", "wijkmanager"})
PLANS = DECIDES | {"other wijk"}
# Who runs the meeting of the test: it is also of the team of the wijkmanager, for whom the buurttoezichter stands in.
RUNS = DECIDES | {"buurttoezichter"}
# Who may write something down about a wijk at all.
WRITES = (ROLES - {"lezer"}) | {"other wijk"}
# The wijkmanager owns the action, and the buurttoezichter stands in.
CARRIES = DECIDES | {"buurttoezichter"}
# Who writes down partners, of whatever wijk; and who walks the round of the buurtwerkplaats.
KEEPS = DECIDES | {"other wijk"}
WALKS = DECIDES | {"buurtwerkplaats"}
# Who leads the team of the low score, and who looks after all.
LEADS = frozenset({"beheerder", "teamleider"})
# What lies in the wijk and the zone of the test: who manages the screening or screens there, and who works in the wijk.
SCREENING = OF_THE_WIJK | {"toegankelijkheidscoördinator", "screener"}
SCREENING_MANAGERS = frozenset({"beheerder", "toegankelijkheidscoördinator"})
SURVEYORS = SCREENING_MANAGERS | {"screener"}


@dataclass(frozen=True)
class Line:
    """Who may, and what they get; then what somebody else gets who is logged in, and what nobody gets.

    An answer is a status; "login" and "admin" are the way to the log-in of the portal and of the admin.
    """

    who: frozenset[str]
    get: str
    post: str
    others: str = "404"
    nobody: str = "login"

    def expected(self, visitor: str, method: str) -> str:
        if visitor in self.who:
            return self.get if method == "get" else self.post
        return self.nobody if visitor == "anonymous" else self.others


PAGE = Line(EVERYBODY, "200", "200")
TO_READ = Line(EVERYBODY, "200", "405")
STEP_OF_FORM = Line(EVERYBODY, "302", "302")  # to the first step, for nothing was filled in yet
FOR_A_KEY = Line(EVERYBODY, "401", "401")  # whoever is logged in
NOT_THERE = Line(EVERYBODY, "404", "404")
OWN_PAGE = Line(LOGGED_IN, "200", "200")
OWN_SECRET = Line(LOGGED_IN, "302", "302")  # to the password first
FOR_STAFF = Line(STAFF, "200", "200")
FOR_WHO_SEES = Line(SEES, "200", "200")
BEHEERDER = frozenset({"beheerder"})
SAMEN_WRITES = frozenset({"beheerder", "samenlevingscoördinator"})
SAMEN_OF_WIJK = SAMEN_WRITES | {"lezer", "wijkmanager"}
SAMEN_LIST = Line(SAMEN_WRITES | {"lezer", "wijkmanager", "other wijk"}, "200", "405")
ROUTE_WRITER = Line(BEHEERDER, "200", "200")


def admin(get: str = "200", post: str = "200") -> Line:
    return Line(frozenset({"beheerder"}), get, post, others="admin", nobody="admin")


TABLE = {
    # About the portal.
    "home": PAGE,
    "accessibility": PAGE,
    "privacy": PAGE,
    "contact": PAGE,
    "design": PAGE,
    "health": TO_READ,
    "set_language": Line(EVERYBODY, "302", "302"),
    # Wijken and addresses.
    "wijken:list": TO_READ,
    "wijken:find": TO_READ,
    "wijken:outlines": TO_READ,
    "wijken:at": Line(EVERYBODY, "400", "405"),  # asks for a place
    "wijken:detail": TO_READ,
    "wijken:address_search": TO_READ,
    # What a wijk needs.
    "wijken:needs": Line(STAFF, "200", "200"),
    "wijken:need": Line(OF_THE_WIJK, "200", "200"),
    "wijken:need_places": Line(OF_THE_WIJK, "200", "200"),
    "wijken:need_edit": Line(DECIDES, "302", "200"),
    "wijken:need_confirm": Line(DECIDES, "302", "200"),
    "wijken:need_reject": Line(DECIDES, "302", "200"),
    # The agenda, and coming to a meeting.
    "wijken:agenda": TO_READ,
    "wijken:agenda_month": TO_READ,
    "wijken:agenda_places": TO_READ,
    "wijken:agenda_ics": TO_READ,
    "wijken:agenda_feed": TO_READ,
    "wijken:meeting": TO_READ,
    "wijken:meeting_ics": TO_READ,
    "wijken:meeting_place": TO_READ,
    "wijken:register": PAGE,
    "wijken:invitation": TO_READ,  # for who was invited, by a signed link
    "wijken:invitation_register": PAGE,
    "wijken:invitation_place": TO_READ,
    "wijken:registration": PAGE,  # for who registered, by the signed link of the mail
    "wijken:registration_change": PAGE,
    "wijken:registration_cancel": Line(EVERYBODY, "200", "302"),
    "wijken:registration_ics": TO_READ,
    "wijken:follow": PAGE,
    "wijken:following": Line(EVERYBODY, "200", "404"),  # names no wijk to stop with
    "wijken:follow_confirm": Line(EVERYBODY, "200", "302"),
    "wijken:follow_stop": PAGE,
    # Meetings for staff.
    "wijken:staff_agenda": Line(STAFF, "200", "405"),
    "wijken:staff_meetings": FOR_STAFF,
    "wijken:staff_meetings_file": Line(STAFF, "200", "405"),
    "wijken:staff_meeting_new": Line(PLANS | {"samenlevingscoördinator", "toegankelijkheidscoördinator"}, "200", "200"),
    "wijken:staff_meeting": Line(OF_THE_WIJK, "200", "200"),
    "wijken:staff_meeting_history": Line(OF_THE_WIJK, "200", "200"),
    "wijken:staff_meeting_preview": Line(RUNS, "200", "200"),
    "wijken:staff_meeting_edit": Line(RUNS, "200", "200"),
    "wijken:staff_meeting_announce": Line(RUNS, "302", "302"),  # it is announced already
    "wijken:staff_meeting_drop": Line(RUNS, "302", "302"),
    "wijken:staff_meeting_move": Line(RUNS, "200", "200"),
    "wijken:staff_meeting_call_off": Line(RUNS, "200", "200"),
    "wijken:staff_meeting_capacity": Line(RUNS, "200", "200"),
    "wijken:staff_meeting_copy": Line(RUNS, "200", "200"),
    "wijken:staff_meeting_enrol": Line(RUNS, "200", "200"),
    "wijken:staff_meeting_cancel": Line(RUNS, "200", "302"),
    "wijken:staff_meeting_door": Line(RUNS, "200", "200"),
    "wijken:staff_meeting_xlsx": Line(RUNS, "200", "200"),
    "wijken:staff_meeting_record": Line(RUNS, "302", "302"),  # it has not begun
    "wijken:staff_meeting_reopen": Line(RUNS, "302", "302"),
    "wijken:staff_meeting_need": Line(RUNS, "200", "200"),
    # Goals, the plan and the impulswijken.
    "wijken:goals": Line(STAFF, "200", "405"),
    "wijken:goal": Line(STAFF, "200", "405"),
    "wijken:plans": Line(STAFF, "302", "405"),  # to the one plan there is
    "wijken:plan": Line(STAFF, "200", "405"),
    "wijken:plan_item": Line(STAFF, "200", "405"),
    "wijken:plan_tie": Line(DECIDES, "200", "200"),
    "wijken:plan_untie": Line(DECIDES, "200", "200"),
    "wijken:impuls": Line(STAFF, "200", "405"),
    "wijken:impuls_begin": Line(BEHEERDER, "200", "200"),
    "wijken:impuls_end": Line(BEHEERDER, "200", "200"),
    "wijken:impuls_programme": Line(OF_THE_WIJK | {"samenlevingscoördinator"}, "200", "200"),
    "wijken:impuls_add": Line(DECIDES, "200", "200"),
    "wijken:impuls_item": Line(OF_THE_WIJK | {"samenlevingscoördinator"}, "200", "200"),
    "wijken:impuls_edit": Line(DECIDES, "200", "200"),
    "wijken:impuls_step": Line(DECIDES, "302", "200"),
    "wijken:monitors": Line(STAFF, "200", "405"),
    "wijken:monitor": Line(STAFF, "200", "405"),
    "wijken:figures": TO_READ,
    # Files that are read in: of who sent them, and for who may read in that kind.
    # Who writes recommendations or manages the screening reads in a table of it.
    "inlezen:overview": Line(SAMEN_WRITES | SCREENING_MANAGERS, "200", "200"),
    "inlezen:upload": Line(BEHEERDER, "200", "200"),
    "inlezen:template": Line(BEHEERDER, "200", "200"),
    "inlezen:export": Line(BEHEERDER, "200", "200"),
    "inlezen:detail": Line(BEHEERDER, "200", "200"),
    "inlezen:columns": Line(BEHEERDER, "200", "200"),
    "inlezen:errors": Line(BEHEERDER, "200", "200"),
    "inlezen:confirm": Line(BEHEERDER, "302", "302"),
    "inlezen:again": Line(BEHEERDER, "302", "302"),
    "inlezen:discard": Line(BEHEERDER, "302", "302"),
    "wijken:need_new": Line(WRITES, "200", "200"),
    "wijken:need_source": Line(DECIDES, "302", "200"),
    "wijken:need_history": Line(OF_THE_WIJK, "200", "200"),
    "wijken:partner_contact": PAGE,  # for the partner, by the link in its mail
    # From a contact moment over a proposal to an action.
    "wijken:moments": FOR_STAFF,
    "wijken:moment_new": Line(WRITES, "200", "200"),
    "wijken:moment": Line(OF_THE_WIJK, "200", "200"),
    "wijken:moment_edit": Line(OF_THE_WIJK - {"lezer"}, "200", "200"),
    "wijken:moment_heard": Line(OF_THE_WIJK - {"lezer"}, "302", "302"),
    "wijken:moment_inform": Line(OF_THE_WIJK - {"lezer"}, "302", "200"),
    "wijken:moment_history": Line(OF_THE_WIJK, "200", "200"),
    "wijken:informed": Line(EVERYBODY, "200", "302"),  # for the resident, by the link in the mail
    "wijken:proposals": FOR_STAFF,
    "wijken:proposal_new": Line(DECIDES | {"other wijk"}, "200", "200"),
    "wijken:proposal": Line(OF_THE_WIJK, "200", "200"),
    "wijken:proposal_edit": Line(DECIDES, "302", "302"),  # others look at it already
    "wijken:proposal_consult": Line(DECIDES, "200", "200"),
    "wijken:proposal_back": Line(DECIDES, "302", "200"),
    "wijken:proposal_decide": Line(DECIDES, "200", "200"),
    # The service of the wijkmanager is asked, for whom the buurttoezichter stands in.
    "wijken:proposal_advice": Line(frozenset({"wijkmanager", "buurttoezichter"}), "302", "200"),
    "wijken:proposal_history": Line(OF_THE_WIJK, "200", "200"),
    "wijken:advice_partner": PAGE,  # for the partner, by the link in its mail
    "wijken:actions": FOR_STAFF,
    "wijken:action_new": Line(DECIDES | {"other wijk"}, "200", "200"),
    "wijken:action": Line(OF_THE_WIJK, "200", "200"),
    "wijken:action_edit": Line(CARRIES, "200", "200"),
    "wijken:action_start": Line(CARRIES, "302", "302"),
    "wijken:action_end": Line(CARRIES, "200", "200"),
    "wijken:action_partner": Line(CARRIES, "302", "200"),
    "wijken:milestone_new": Line(CARRIES, "302", "200"),
    "wijken:milestone": Line(CARRIES, "302", "200"),
    "wijken:evidence_new": Line(CARRIES, "302", "200"),
    "wijken:evidence_photo": Line(OF_THE_WIJK, "200", "200"),
    "wijken:action_history": Line(OF_THE_WIJK, "200", "200"),
    "wijken:action_public": TO_READ,
    # A wijk on one page, the numbers of all, and handing a wijk over: to the beheerder, in the test.
    "wijken:leaflet": TO_READ,
    "wijken:member_photo": TO_READ,
    "wijken:dashboard": Line(STAFF, "200", "405"),
    "wijken:quarter_pdf": Line(STAFF, "200", "405"),
    "wijken:silence": Line(STAFF, "200", "405"),
    "wijken:member_card": FOR_STAFF,
    "wijken:staff_wijk": Line(OF_THE_WIJK, "200", "200"),
    "wijken:handover": Line(OF_THE_WIJK, "200", "200"),
    "wijken:handover_pdf": Line(OF_THE_WIJK, "200", "200"),
    "wijken:handover_new": Line(DECIDES, "200", "200"),
    "wijken:handover_receipt": Line(OF_THE_WIJK, "200", "200"),
    # Accessibility of public space.
    "toegankelijkheid:overview": TO_READ,
    "toegankelijkheid:zone": TO_READ,
    "toegankelijkheid:zone_outlines": TO_READ,
    "toegankelijkheid:zone_outline": TO_READ,
    "toegankelijkheid:zone_places": TO_READ,
    "toegankelijkheid:public_figures": TO_READ,
    "toegankelijkheid:public_figures_file": TO_READ,
    "toegankelijkheid:gallery": TO_READ,
    "toegankelijkheid:example_photo": TO_READ,
    "toegankelijkheid:figures": Line(STAFF, "200", "405"),
    "toegankelijkheid:figures_file": Line(STAFF, "200", "405"),
    "toegankelijkheid:figures_list": Line(STAFF, "200", "405"),
    "toegankelijkheid:norms": TO_READ,
    "toegankelijkheid:norm": TO_READ,
    "toegankelijkheid:service_worker": TO_READ,  # a script, the same for everybody
    "toegankelijkheid:start": Line(STAFF, "200", "200"),
    "toegankelijkheid:objects": Line(STAFF, "200", "200"),
    "toegankelijkheid:points": Line(STAFF, "200", "200"),
    "toegankelijkheid:due": Line(STAFF, "200", "200"),
    "toegankelijkheid:findings": Line(STAFF, "200", "200"),
    "toegankelijkheid:zones": Line(STAFF, "200", "200"),
    "toegankelijkheid:staff_zone": Line(STAFF, "200", "200"),
    "toegankelijkheid:recalculations": Line(STAFF, "200", "200"),
    "toegankelijkheid:recalculation": Line(STAFF, "200", "200"),
    "toegankelijkheid:paper": Line(STAFF, "200", "200"),
    "toegankelijkheid:queue_token": Line(STAFF, "200", "200"),
    "toegankelijkheid:campaign": Line(SCREENING, "200", "200"),
    "toegankelijkheid:object": Line(SCREENING, "200", "200"),
    "toegankelijkheid:point": Line(SCREENING, "200", "200"),
    "toegankelijkheid:photo": Line(SCREENING, "200", "200"),
    "toegankelijkheid:finding": Line(SCREENING, "200", "200"),
    "toegankelijkheid:finding_point": Line(SCREENING, "200", "200"),
    "toegankelijkheid:finding_photo": Line(SCREENING, "200", "200"),
    "toegankelijkheid:finding_history": Line(SCREENING, "200", "200"),
    "toegankelijkheid:finding_plan": Line(SCREENING_MANAGERS, "200", "200"),
    "toegankelijkheid:finding_step": Line(SCREENING_MANAGERS, "200", "200"),
    "toegankelijkheid:finding_refusal": Line(SCREENING_MANAGERS, "302", "302"),
    "toegankelijkheid:finding_photos": Line(SCREENING_MANAGERS, "200", "200"),
    "toegankelijkheid:monitoring": Line(STAFF, "200", "405"),
    "toegankelijkheid:monitoring_new": Line(SURVEYORS, "200", "200"),
    "toegankelijkheid:monitoring_file": Line(STAFF, "200", "405"),
    "toegankelijkheid:monitoring_sheet": Line(STAFF, "200", "302"),
    "toegankelijkheid:monitoring_many": Line(STAFF, "302", "302"),
    "toegankelijkheid:monitoring_rules": Line(STAFF, "200", "405"),
    "toegankelijkheid:monitoring_rules_edit": Line(SCREENING_MANAGERS, "200", "200"),
    "toegankelijkheid:monitoring_report": FOR_WHO_SEES,  # the report it is about
    "toegankelijkheid:public_plans": TO_READ,
    "toegankelijkheid:public_plan": TO_READ,
    "toegankelijkheid:public_plan_pdf": TO_READ,
    "toegankelijkheid:public_plan_file": TO_READ,
    "toegankelijkheid:public_trainings": TO_READ,
    "toegankelijkheid:trainings": Line(STAFF, "200", "405"),
    "toegankelijkheid:trainings_file": Line(STAFF, "200", "405"),
    "toegankelijkheid:training_new": Line(SCREENING_MANAGERS, "200", "200"),
    "toegankelijkheid:training_edit": Line(SCREENING_MANAGERS, "200", "200"),
    "toegankelijkheid:route": Line(STAFF, "200", "405"),
    "toegankelijkheid:route_places": Line(STAFF, "404", "405"),  # without two places
    "toegankelijkheid:action_plans": Line(STAFF, "200", "405"),
    "toegankelijkheid:action_plan": Line(STAFF, "200", "404"),  # it was decided: nobody changes it
    "toegankelijkheid:action_plan_file": Line(STAFF, "200", "405"),
    "toegankelijkheid:action_plan_pdf": Line(STAFF, "200", "405"),
    "toegankelijkheid:action_plan_compare": Line(SCREENING_MANAGERS | {"lezer"}, "200", "200"),  # with a concept
    "toegankelijkheid:action_plan_new": Line(SCREENING_MANAGERS, "200", "200"),
    "toegankelijkheid:action_plan_choose": Line(SCREENING_MANAGERS, "302", "302"),
    "toegankelijkheid:action_plan_next": Line(SCREENING_MANAGERS, "302", "302"),
    "toegankelijkheid:action_plan_edit": Line(SCREENING_MANAGERS, "200", "200"),
    "toegankelijkheid:action_plan_divide": Line(SCREENING_MANAGERS, "200", "302"),
    "toegankelijkheid:action_plan_decide": Line(SCREENING_MANAGERS, "200", "200"),
    "toegankelijkheid:action_plan_discard": Line(SCREENING_MANAGERS, "200", "302"),
    "toegankelijkheid:advices": Line(STAFF, "200", "405"),
    "toegankelijkheid:advices_file": Line(STAFF, "200", "405"),
    "toegankelijkheid:advice_choose": Line(SCREENING_MANAGERS, "302", "302"),
    "toegankelijkheid:advice": Line(SCREENING_MANAGERS | {"lezer"}, "200", "404"),  # it was sent: it does not change
    "toegankelijkheid:advice_history": Line(SCREENING_MANAGERS | {"lezer"}, "200", "200"),
    "toegankelijkheid:advice_edit": Line(SCREENING_MANAGERS, "200", "200"),
    "toegankelijkheid:advice_send": Line(SCREENING_MANAGERS, "200", "302"),
    "toegankelijkheid:advice_discard": Line(SCREENING_MANAGERS, "200", "302"),
    "toegankelijkheid:advice_answer": Line(SCREENING_MANAGERS, "200", "200"),
    "toegankelijkheid:advice_withdraw": Line(SCREENING_MANAGERS, "200", "200"),
    "toegankelijkheid:advice_partner": Line(EVERYBODY, "200", "200"),  # for a partner, by the link in the mail
    "toegankelijkheid:solved": Line(EVERYBODY, "200", "302"),  # for a resident, by the link in the mail
    "toegankelijkheid:example": Line(SCREENING, "200", "200"),
    "toegankelijkheid:measure": Line(SURVEYORS, "200", "200"),
    "toegankelijkheid:object_edit": Line(SURVEYORS, "200", "200"),
    "toegankelijkheid:measure_new": Line(SURVEYORS, "200", "200"),
    "toegankelijkheid:object_new": Line(SURVEYORS, "200", "200"),
    "toegankelijkheid:queue": Line(SURVEYORS, "200", "200"),
    "toegankelijkheid:campaign_new": Line(SCREENING_MANAGERS, "200", "200"),
    "toegankelijkheid:campaign_edit": Line(SCREENING_MANAGERS, "200", "200"),
    "toegankelijkheid:campaign_step": Line(SCREENING_MANAGERS, "302", "302"),
    "toegankelijkheid:publish": Line(SCREENING_MANAGERS, "302", "302"),
    "toegankelijkheid:zone_new": Line(SCREENING_MANAGERS, "200", "200"),
    "toegankelijkheid:zone_edit": Line(SCREENING_MANAGERS, "200", "200"),
    "toegankelijkheid:zone_derive": Line(SCREENING_MANAGERS, "302", "302"),
    "toegankelijkheid:part_new": Line(SCREENING_MANAGERS, "200", "200"),
    "toegankelijkheid:part": Line(SCREENING_MANAGERS, "200", "200"),
    # The public form.
    "meldingen:new": Line(EVERYBODY, "302", "405"),
    "meldingen:restart": STEP_OF_FORM,
    "meldingen:new_waar": Line(EVERYBODY, "200", "302"),  # back to the page, with what is wrong
    "meldingen:new_wat": STEP_OF_FORM,
    "meldingen:new_vragen": STEP_OF_FORM,
    "meldingen:new_stop": TO_READ,
    "meldingen:new_buurt": STEP_OF_FORM,
    "meldingen:new_follow": STEP_OF_FORM,
    "meldingen:new_followed": Line(EVERYBODY, "302", "405"),
    "meldingen:new_foto": STEP_OF_FORM,
    "meldingen:new_photo": Line(EVERYBODY, "404", "405"),  # for the maker of the draft alone
    "meldingen:new_contact": STEP_OF_FORM,
    "meldingen:new_samenvatting": STEP_OF_FORM,
    "meldingen:thanks": Line(EVERYBODY, "302", "405"),  # to the follow page, for who did not just send it
    # For who has the code, the key or the signed link: a secret in the address.
    "meldingen:thanks_qr": TO_READ,
    "meldingen:follow": TO_READ,
    "meldingen:status": TO_READ,
    "meldingen:status_add": PAGE,
    "meldingen:status_answer": Line(EVERYBODY, "302", "302"),  # nothing was asked
    "meldingen:status_withdraw": Line(EVERYBODY, "200", "302"),
    "meldingen:status_reopen": Line(EVERYBODY, "302", "302"),  # it is still open
    "meldingen:status_differs": Line(EVERYBODY, "302", "302"),  # it is not merged
    "meldingen:status_mails": Line(EVERYBODY, "302", "302"),
    "meldingen:status_forget": Line(EVERYBODY, "200", "302"),
    "meldingen:status_data": TO_READ,
    "meldingen:status_photo": TO_READ,
    "meldingen:following": TO_READ,
    "meldingen:unfollow": Line(EVERYBODY, "200", "302"),
    "meldingen:survey": PAGE,
    "meldingen:mine_request": PAGE,
    "meldingen:mine": TO_READ,
    "meldingen:partner": PAGE,
    "meldingen:partner_place": TO_READ,
    "meldingen:partner_photo": TO_READ,
    "meldingen:mine_data": TO_READ,
    # Released reports.
    "meldingen:public_list": TO_READ,
    "meldingen:public_places": Line(EVERYBODY, "400", "405"),  # asks for a box
    "meldingen:public_detail": PAGE,
    "meldingen:public_photo": TO_READ,
    # Open311: for programs, without cookies. Sending needs a key.
    "meldingen:open311": TO_READ,
    "meldingen:open311_discovery": TO_READ,
    "meldingen:open311_services": TO_READ,
    "meldingen:open311_service": TO_READ,
    "meldingen:open311_requests": Line(EVERYBODY, "200", "403"),
    "meldingen:open311_request": TO_READ,
    "meldingen:open311_token": TO_READ,
    "meldingen:open311_nothing": NOT_THERE,
    # The JSON interface: a session opens nothing there.
    "meldingen:api_schema": TO_READ,
    "meldingen:api_docs": TO_READ,
    "meldingen:api_categories": TO_READ,
    "meldingen:api_send": Line(EVERYBODY, "405", "415"),  # the test posts a form, not JSON
    "meldingen:api_follow": TO_READ,
    "meldingen:api_staff_list": FOR_A_KEY,
    "meldingen:api_staff_detail": FOR_A_KEY,
    "meldingen:api_start": FOR_A_KEY,
    "meldingen:api_plan": FOR_A_KEY,
    "meldingen:api_close": FOR_A_KEY,
    "meldingen:api_assign": FOR_A_KEY,
    "meldingen:api_note": FOR_A_KEY,
    "meldingen:api_nothing": NOT_THERE,
    # The map layers: for programs and for people.
    "ogc": TO_READ,
    "ogc:landing": TO_READ,
    "ogc:conformance": TO_READ,
    "ogc:api": TO_READ,
    "ogc:collections": TO_READ,
    "ogc:collection": TO_READ,
    "ogc:items": TO_READ,
    "ogc:feature": TO_READ,
    "ogc:download": TO_READ,
    "ogc:nothing": Line(EVERYBODY, "404", "405"),
    "kaartlagen:places": TO_READ,
    "kaartlagen:place": TO_READ,
    "kaartlagen:choose": Line(EVERYBODY, "302", "405"),
    "kaartlagen:background": Line(STAFF, "200", "302"),
    # Staff.
    "meldingen:work": FOR_STAFF,
    "meldingen:staff_list": FOR_STAFF,
    "meldingen:staff_print": FOR_STAFF,
    "meldingen:staff_map": FOR_STAFF,
    "meldingen:staff_points": FOR_STAFF,
    "meldingen:staff_new": FOR_STAFF,
    "meldingen:staff_entered": Line(HANDLES, "200", "200"),
    "meldingen:figures": Line(STAFF, "200", "405"),
    "meldingen:figures_csv": Line(STAFF, "200", "405"),
    "meldingen:figures_explained": Line(STAFF, "200", "405"),
    "meldingen:feedback_list": Line(LEADS, "200", "200"),
    "meldingen:feedback": Line(LEADS, "200", "200"),
    "meldingen:detail": FOR_WHO_SEES,
    "meldingen:staff_place": FOR_WHO_SEES,
    "meldingen:staff_photo": FOR_WHO_SEES,
    "meldingen:staff_history": FOR_WHO_SEES,
    "meldingen:staff_mail": Line(HANDLES, "200", "405"),
    "meldingen:staff_mail_again": Line(HANDLES, "302", "302"),
    "meldingen:staff_blur": Line(HANDLES, "200", "200"),
    "meldingen:staff_blur_restore": Line(HANDLES, "302", "302"),
    "meldingen:staff_address": Line(frozenset({"beheerder"}), "200", "400"),
    "meldingen:bulk_new": Line(HANDLES | {"other wijk"}, "200", "302"),
    "meldingen:bulk": Line(frozenset({"wijkmanager"}), "200", "200"),
    "meldingen:bulk_do": Line(frozenset({"wijkmanager"}), "302", "302"),
    "meldingen:bulk_need": Line(frozenset({"wijkmanager"}), "200", "200"),
    "meldingen:bulk_undo": Line(frozenset({"wijkmanager"}), "302", "302"),
    "meldingen:bulk_print": Line(frozenset({"wijkmanager"}), "200", "200"),
    "meldingen:take_back": Line(frozenset({"wijkmanager", "teamleider", "beheerder"}), "302", "302"),
    "meldingen:duplicates": FOR_WHO_SEES,
    "meldingen:merge": Line(ALL_HANDLE, "302", "302"),  # asks for two reports
    "meldingen:proposals": Line(ALL_HANDLE, "200", "200"),
    "meldingen:proposal_different": Line(HANDLES, "302", "302"),
    "meldingen:step": Line(HANDLES, "302", "200"),
    "meldingen:staff_views": Line(STAFF, "200", "405"),
    "meldingen:staff_view_new": FOR_STAFF,
    "meldingen:staff_view_counts": Line(STAFF, "200", "405"),
    "meldingen:staff_view_change": Line(frozenset({"wijkmanager"}), "200", "200"),
    "meldingen:staff_view_keep": Line(frozenset({"wijkmanager"}), "302", "302"),
    "meldingen:staff_view_delete": Line(frozenset({"wijkmanager"}), "200", "302"),
    "meldingen:staff_view_restore": Line(frozenset({"wijkmanager"}), "302", "302"),
    # Shared with the team of the wijkmanager, for whom the buurttoezichter stands in.
    "meldingen:staff_view_tell": Line(frozenset({"wijkmanager", "buurttoezichter"}), "302", "302"),
    "meldingen:staff_view_plan": Line(frozenset({"wijkmanager", "buurttoezichter"}), "200", "200"),
    "meldingen:staff_columns": Line(STAFF, "200", "302"),
    "meldingen:staff_export": FOR_STAFF,
    "opdrachten:mine": FOR_STAFF,
    "opdrachten:detail": Line(frozenset({"wijkmanager"}), "200", "200"),
    "opdrachten:download": Line(frozenset({"wijkmanager"}), "200", "200"),
    "opdrachten:stop": Line(frozenset({"wijkmanager"}), "302", "302"),
    "meldingen:staff_route": Line(HANDLES, "302", "302"),
    # Who gets what, and what is written: for who leads, and to change the rules for a beheerder.
    "meldingen:route_list": Line(LEADS, "200", "405"),
    "meldingen:route_try": Line(LEADS, "200", "405"),
    "meldingen:route_add": ROUTE_WRITER,
    "meldingen:route_edit": ROUTE_WRITER,
    "meldingen:route_move": Line(BEHEERDER, "405", "302"),
    "meldingen:route_remove": Line(BEHEERDER, "405", "200"),  # asks for a yes
    "meldingen:text_list": Line(LEADS, "200", "405"),
    "meldingen:text_add": Line(LEADS, "200", "200"),
    "meldingen:text_edit": Line(LEADS, "200", "200"),
    "meldingen:text_remove": Line(LEADS, "405", "302"),
    # Rounds on foot, of the buurtwerkplaats in that wijk.
    "meldingen:rounds": FOR_STAFF,
    "meldingen:round_new": Line(ALL_HANDLE - {"behandelaar"}, "200", "200"),
    "meldingen:round_totals": Line(STAFF, "200", "405"),
    "meldingen:round_export": Line(STAFF, "200", "405"),
    "meldingen:round": Line(OF_THE_WIJK, "200", "200"),
    "meldingen:round_print": Line(OF_THE_WIJK, "200", "200"),
    "meldingen:round_history": Line(OF_THE_WIJK, "200", "200"),
    "meldingen:round_order": Line(WALKS, "200", "404"),  # no button was pressed
    "meldingen:round_finish": Line(WALKS, "200", "302"),
    "meldingen:stop_done": Line(WALKS, "200", "200"),
    "meldingen:stop_not_done": Line(WALKS, "200", "200"),
    "meldingen:stop_look": Line(WALKS, "200", "200"),
    "meldingen:stop_undo": Line(frozenset({"buurtwerkplaats", "beheerder"}), "302", "302"),
    # Partners, what was agreed with them, and the network of a wijk.
    "wijken:partners": Line(STAFF, "200", "405"),
    "wijken:partners_export": Line(STAFF, "200", "405"),
    "wijken:partner": Line(STAFF, "200", "405"),
    "wijken:partner_history": Line(STAFF, "200", "405"),
    "wijken:network": Line(STAFF, "200", "405"),
    "wijken:partner_settle": Line(KEEPS, "302", "404"),  # no proposal waits
    "wijken:person_new": Line(KEEPS, "200", "200"),
    "wijken:person": Line(DECIDES, "200", "200"),
    "wijken:role_new": Line(KEEPS, "200", "200"),
    "wijken:role_end": Line(KEEPS, "302", "302"),
    "wijken:agreements": Line(STAFF, "200", "405"),
    "wijken:agreements_export": Line(STAFF, "200", "405"),
    "wijken:agreement_new": Line(KEEPS, "200", "200"),
    "wijken:agreement": Line(OF_THE_WIJK, "200", "200"),
    "wijken:agreement_history": Line(OF_THE_WIJK, "200", "200"),
    "wijken:agreement_edit": Line(DECIDES, "200", "200"),
    "wijken:agreement_do": Line(DECIDES, "302", "404"),  # no button was pressed
    "wijken:report_look": Line(DECIDES, "302", "200"),  # asks for words
    "wijken:tasks": Line(STAFF, "200", "405"),
    "wijken:tasks_export": Line(STAFF, "200", "405"),
    "wijken:task_new": Line(KEEPS, "200", "200"),
    "wijken:task": Line(OF_THE_WIJK, "200", "200"),
    "wijken:task_history": Line(OF_THE_WIJK, "200", "200"),
    "wijken:task_edit": Line(DECIDES, "200", "200"),
    # The wijkmanager made it, and the buurttoezichter stands in.
    "wijken:task_do": Line(DECIDES | {"buurttoezichter"}, "302", "200"),
    "wijken:partner_report": PAGE,  # for the partner, by the link in its mail
    "wijken:partner_task": PAGE,
    "meldingen:at_partners": FOR_STAFF,
    "meldingen:deeltaken": FOR_STAFF,
    "meldingen:deeltaak": FOR_WHO_SEES,
    "meldingen:deeltaak_step": Line(HANDLES, "302", "302"),
    # Living together: everybody.
    "samenleven:home": TO_READ,
    "samenleven:traject": TO_READ,
    "samenleven:stemmen": TO_READ,
    "samenleven:citaat_weg": PAGE,
    "samenleven:teruggenomen": TO_READ,
    "samenleven:aanmelden": PAGE,
    "samenleven:aangemeld": TO_READ,
    "samenleven:edities": TO_READ,
    "samenleven:editie": TO_READ,
    "samenleven:editie_pdf": TO_READ,
    "samenleven:editie_a3": TO_READ,
    "samenleven:editie_feed": TO_READ,
    "samenleven:bruggenbouwers": TO_READ,
    "samenleven:bruggenbouwer": TO_READ,
    "samenleven:brug_foto": TO_READ,
    "samenleven:brug_voordragen": PAGE,
    "samenleven:brug_voorgedragen": TO_READ,
    "samenleven:brug_controle": PAGE,
    "samenleven:brug_code": TO_READ,
    "samenleven:brug_badge": TO_READ,
    "samenleven:activiteiten": TO_READ,
    "samenleven:cijfers": TO_READ,
    "samenleven:cijfers_uitvoer": TO_READ,
    "samenleven:jaarverslag": TO_READ,
    "samenleven:voorstel": PAGE,
    "samenleven:voorstel_gedaan": TO_READ,
    # For who has the signed link: of a bruggenbouwer with the label, of a jury that reads, of a proposal.
    "samenleven:brug_mijn": PAGE,
    "samenleven:brug_antwoord": Line(EVERYBODY, "405", "302"),
    "samenleven:brug_mijn_foto": TO_READ,
    "samenleven:brug_foto_weg": Line(EVERYBODY, "405", "302"),
    "samenleven:brug_mijn_oorkonde": TO_READ,
    "samenleven:brug_verleng": Line(EVERYBODY, "405", "302"),
    "samenleven:brug_weg": Line(EVERYBODY, "405", "200"),  # asks for a yes
    "samenleven:brug_steun": PAGE,
    "samenleven:brug_steun_bevestig": Line(EVERYBODY, "200", "302"),
    "samenleven:jury": TO_READ,
    "samenleven:jury_oordeel": PAGE,
    "samenleven:voorstel_mijn": TO_READ,
    "samenleven:voorstel_bevestig": Line(EVERYBODY, "405", "302"),
    "samenleven:voorstel_weg": Line(EVERYBODY, "405", "200"),  # asks for a yes
    # For who has the signed link.
    "samenleven:mijn": PAGE,
    "samenleven:mijn_bevestig": Line(EVERYBODY, "405", "302"),
    "samenleven:mijn_tel": Line(EVERYBODY, "405", "302"),
    "samenleven:mijn_wis": Line(EVERYBODY, "405", "200"),  # asks for a yes
    "samenleven:blad": PAGE,
    "samenleven:blad_pdf": PAGE,
    # Living together: staff. The conversation and the uitdager of the test are of the wijk.
    "samenleven:bereik": SAMEN_LIST,
    "samenleven:cijfers_werk": SAMEN_LIST,
    "samenleven:cijfers_werk_uitvoer": SAMEN_LIST,
    "samenleven:gesprekken": Line(STAFF, "200", "405"),
    "samenleven:gesprekken_uitvoer": Line(STAFF, "200", "405"),
    "samenleven:signalen": Line(STAFF, "200", "405"),
    "samenleven:signalen_uitvoer": Line(STAFF, "200", "405"),
    "samenleven:uitdagers": Line(STAFF, "200", "405"),
    "samenleven:uitdagers_uitvoer": Line(STAFF, "200", "405"),
    "samenleven:vormingen": SAMEN_LIST,
    "samenleven:vorming": SAMEN_LIST,
    "samenleven:edities_werk": SAMEN_LIST,
    "samenleven:editie_werk": SAMEN_LIST,
    "samenleven:editie_voorbeeld": SAMEN_LIST,
    "samenleven:gesprek": Line(SAMEN_OF_WIJK, "200", "302"),  # it is planned: there is nothing to look over yet
    "samenleven:gesprek_blad": Line(SAMEN_OF_WIJK, "200", "200"),
    "samenleven:uitdager": Line(SAMEN_OF_WIJK, "200", "200"),
    "samenleven:gesprek_nieuw": Line(SAMEN_WRITES, "200", "200"),
    "samenleven:gesprek_bewerk": Line(SAMEN_WRITES, "200", "200"),
    "samenleven:gesprek_stap": Line(SAMEN_WRITES, "405", "302"),
    "samenleven:gesprek_citaat": Line(SAMEN_WRITES, "405", "302"),
    "samenleven:uitdager_stap": Line(SAMEN_WRITES, "405", "302"),
    "samenleven:vorming_nieuw": Line(SAMEN_WRITES, "200", "200"),
    "samenleven:vorming_bewerk": Line(SAMEN_WRITES, "200", "200"),
    "samenleven:vorming_nodig": Line(SAMEN_WRITES, "405", "200"),
    "samenleven:vorming_aanwezig": Line(SAMEN_WRITES, "405", "302"),
    # The bruggenbouwer and the proposal of the test are of the wijk; the jury reads.
    "samenleven:brug_lijst": SAMEN_LIST,
    "samenleven:brug_uitvoer": SAMEN_LIST,
    "samenleven:brug_werk": Line(SAMEN_OF_WIJK, "200", "200"),
    "samenleven:brug_werk_foto": Line(SAMEN_OF_WIJK, "200", "200"),
    "samenleven:brug_oorkonde": Line(SAMEN_OF_WIJK, "200", "200"),
    "samenleven:brug_leestekst": Line(SAMEN_WRITES, "405", "200"),
    "samenleven:brug_besluit": Line(SAMEN_WRITES, "405", "200"),
    "samenleven:brug_stap": Line(SAMEN_WRITES, "405", "302"),
    "samenleven:jury_rondes": SAMEN_LIST,
    "samenleven:jury_nieuw": Line(SAMEN_WRITES, "200", "200"),
    "samenleven:jury_ronde": Line(SAMEN_WRITES, "200", "405"),
    "samenleven:jury_bewerk": Line(SAMEN_WRITES, "302", "302"),  # the jury reads already
    "samenleven:jury_stap": Line(SAMEN_WRITES, "405", "302"),
    "samenleven:activiteiten_werk": SAMEN_LIST,
    "samenleven:activiteiten_uitvoer": SAMEN_LIST,
    "samenleven:activiteit_werk": Line(SAMEN_OF_WIJK, "200", "200"),
    "samenleven:activiteit_aanvaard": Line(SAMEN_WRITES, "405", "200"),
    "samenleven:activiteit_weiger": Line(SAMEN_WRITES, "405", "200"),
    "samenleven:activiteit_opnieuw": Line(SAMEN_WRITES, "405", "302"),
    "samenleven:editie_nieuw": Line(SAMEN_WRITES, "200", "200"),
    "samenleven:editie_voorpagina": Line(SAMEN_WRITES, "405", "200"),
    "samenleven:editie_kies": Line(SAMEN_WRITES, "405", "200"),
    "samenleven:editie_volgorde": Line(SAMEN_WRITES, "405", "302"),
    "samenleven:editie_verschijn": Line(SAMEN_WRITES, "405", "302"),
    "samenleven:aanbevelingen": TO_READ,
    "samenleven:aanbeveling": TO_READ,
    "samenleven:aanbeveling_volg": PAGE,
    "samenleven:aanbeveling_bevestig": Line(EVERYBODY, "200", "302"),
    "samenleven:aanbeveling_stop": PAGE,
    "samenleven:aanbevelingen_werk": SAMEN_LIST,
    "samenleven:aanbevelingen_nazicht": SAMEN_LIST,
    "samenleven:aanbevelingen_uitvoer": Line(SAMEN_WRITES | {"lezer"}, "200", "200"),
    "samenleven:aanbeveling_werk": Line(STAFF, "200", "405"),
    "samenleven:aanbeveling_nieuw": Line(SAMEN_WRITES, "200", "200"),
    "samenleven:aanbeveling_bewerk": Line(SAMEN_WRITES, "200", "200"),
    "samenleven:aanbeveling_doe": Line(SAMEN_WRITES, "405", "200"),
    "samenleven:brieven": TO_READ,
    "samenleven:brief": TO_READ,
    "samenleven:brief_pdf": TO_READ,
    "samenleven:brieven_werk": SAMEN_LIST,
    "samenleven:brief_werk": Line(SAMEN_WRITES | {"lezer"}, "200", "200"),
    "samenleven:brief_begin": Line(SAMEN_WRITES, "405", "302"),
    "samenleven:brief_doe": Line(SAMEN_WRITES, "405", "302"),
    "samenleven:denktafels": TO_READ,
    "samenleven:denktafel": TO_READ,
    "samenleven:denktafel_mijn": PAGE,
    "samenleven:denktafels_werk": SAMEN_LIST,
    "samenleven:denktafels_uitvoer": SAMEN_LIST,
    "samenleven:denktafel_werk": SAMEN_LIST,
    "samenleven:bundel": SAMEN_LIST,
    "samenleven:bundel_kies": Line(SAMEN_WRITES, "405", "302"),
    "samenleven:ontwerp": Line(SAMEN_WRITES | {"lezer"}, "200", "200"),
    "samenleven:ontwerp_reageer": Line(SAMEN_WRITES, "405", "200"),
    "samenleven:denktafel_nieuw": Line(SAMEN_WRITES, "200", "200"),
    "samenleven:denktafel_bewerk": Line(SAMEN_WRITES, "200", "200"),
    "samenleven:denktafel_lid_nieuw": Line(SAMEN_WRITES, "200", "200"),
    "samenleven:denktafel_vergader": Line(SAMEN_WRITES, "200", "200"),
    "samenleven:bundel_nieuw": Line(SAMEN_WRITES, "200", "200"),
    "samenleven:bundel_bewerk": Line(SAMEN_WRITES, "200", "200"),
    "samenleven:ontwerp_nieuw": Line(SAMEN_WRITES, "200", "200"),
    "samenleven:denktafel_lid": Line(SAMEN_WRITES, "200", "302"),
    "samenleven:ontwerp_schrijf": Line(SAMEN_WRITES, "200", "200"),
    "samenleven:ontwerp_stap": Line(SAMEN_WRITES, "200", "302"),
    "samenleven:ontwerp_reactie": Line(SAMEN_WRITES, "200", "200"),
    # One's own account.
    "account": OWN_PAGE,
    "account_cancel_deputy": Line(frozenset({"wijkmanager"}), "302", "302"),
    "account_login": Line(ANONYMOUS, "200", "200", others="302"),
    "account_signup": Line(ANONYMOUS, "200", "200", others="302"),
    "account_logout": Line(LOGGED_IN, "200", "302", nobody="302"),
    "account_inactive": TO_READ,
    "account_reauthenticate": OWN_PAGE,
    "account_change_password": OWN_PAGE,
    "account_set_password": OWN_SECRET,  # they have one
    "account_reset_password": PAGE,
    "account_reset_password_done": TO_READ,
    "account_reset_password_from_key": PAGE,  # the page says that the link is wrong
    "account_reset_password_from_key_done": TO_READ,
    "mfa_index": Line(LOGGED_IN, "200", "405"),
    "mfa_list_webauthn": Line(LOGGED_IN, "200", "405"),
    "mfa_authenticate": OWN_SECRET,
    "mfa_reauthenticate": OWN_SECRET,
    "mfa_reauthenticate_webauthn": OWN_SECRET,
    "mfa_activate_totp": OWN_SECRET,
    "mfa_deactivate_totp": Line(LOGGED_IN, "404", "404"),  # they have none
    "mfa_view_recovery_codes": Line(LOGGED_IN, "404", "405"),
    "mfa_generate_recovery_codes": OWN_SECRET,
    "mfa_download_recovery_codes": Line(LOGGED_IN, "404", "404"),
    "mfa_add_webauthn": OWN_SECRET,
    "mfa_remove_webauthn": OWN_SECRET,
    "mfa_edit_webauthn": OWN_SECRET,
    "mfa_login_webauthn": Line(LOGGED_IN, "302", "302"),
    "socialaccount_login_cancelled": TO_READ,
    "socialaccount_login_error": Line(EVERYBODY, "401", "405"),
    "socialaccount_signup": Line(EVERYBODY, "login", "login"),
    "socialaccount_connections": OWN_PAGE,
    "openid_connect_login": NOT_THERE,  # no log-in of the city is set
    "openid_connect_callback": NOT_THERE,
    # The admin. What even a beheerder may not is under LOOK_ONLY.
    "admin:login": Line(frozenset({"beheerder"}), "302", "200", others="403"),
    "admin:logout": Line(frozenset({"beheerder"}), "405", "200", others="302", nobody="302"),
    "admin:password_change": admin(),
    "admin:password_change_done": admin(post="405"),
    "admin:autocomplete": admin("403", "405"),
    "admin:jsi18n": admin(post="405"),
    "admin:view_on_site": admin("404", "404"),
    "admin:index": admin(),
    "admin:app_list": admin(),
    "admin:auth_user_password_change": admin(),
    "admin:berichten_mailtekst_edit": admin(),
    "admin:berichten_mailtekst_preview": admin(),
    "admin:berichten_mailtekst_change": admin("302", "302"),  # to the page where it is written
    "admin:meldingen_uitvoerplan_change": admin(post="302"),  # it only has a tick box to fill in
    "admin:*_changelist": admin(),
    "admin:*_add": admin(),
    "admin:*_history": admin(),
    "admin:*_delete": admin(),
    "admin:*_change": admin(),
    "admin:(beheer/*<path:object_id>/)": admin("302", "302"),
    "admin:(beheer/(?P<url>*": admin("404", "404"),
    # The mails of the demo.
    "postvak:list": TO_READ,
    "postvak:detail": TO_READ,
    "postvak:formatted": TO_READ,
}
# What even a beheerder may not: rows that the portal keeps by itself, and wijken, which come in with their outlines.
LOOK_ONLY = {
    "beelden_beeld": "add change delete",
    "bewaring_aankondiging": "add change delete",
    "bewaring_bewaarronde": "add change delete",
    "berichten_bericht": "add change delete",
    "berichten_mailtekst": "add",
    "gezondheid_taakuitvoering": "add change delete",
    "herinneringen_herinnering": "add change delete",
    "meldingen_adresvraag": "add change delete",
    "meldingen_inzage": "add change delete",
    "koppelingen_levering": "add change delete",
    "koppelingen_sleutel": "delete",
    "meldingen_categorie": "delete",  # of a category in use
    "meldingen_melding": "add change delete",
    "meldingen_uitvoer": "add change delete",
    "meldingen_uitvoerplan": "add",
    "meldingen_weergave": "add",
    "opdrachten_opdracht": "add change delete",
    "inlezen_inlezing": "add change delete",
    "inlezen_koppeling": "add change",
    "wijken_beleidsdomein": "delete",
    "wijken_doelstelling": "delete",
    "toegankelijkheid_criterium": "delete",
    "toegankelijkheid_norm": "delete",
    "toegankelijkheid_voorziening": "delete",
    "samenleven_toestemmingstekst": "change delete",  # people said yes to these words
    "wijken_bijeenkomst": "add delete",
    "wijken_partner": "delete",
    "wijken_wijk": "add delete",
}


# Compiled once: there are too many for the cache of `fnmatch`.
MATCHES = {name: re.compile(translate(name)).match for name in TABLE}


@cache
def line_of(url: Url) -> Line | None:
    for model, verbs in LOOK_ONLY.items():
        if url.name.removeprefix(f"admin:{model}_") in verbs.split():
            return admin("200" if url.name.endswith("_change") else "403", "403")
    return next((line for name, line in TABLE.items() if name == url.name or MATCHES[name](url.name)), None)


def answer(response: HttpResponseBase) -> str:
    if response.status_code not in (301, 302):
        return str(response.status_code)
    to = response.url.partition("?")[0]
    return {reverse("account_login"): "login", reverse("admin:login"): "admin"}.get(to, "302")


class Visitor:
    """Somebody at a browser, who leaves nothing behind: every request is rolled back."""

    def __init__(self, user: object) -> None:
        self.client = Client(raise_request_exception=False)
        if user:
            self.client.force_login(user)
        self.cookies = copy.deepcopy(self.client.cookies)

    def ask(self, method: str, path: str) -> HttpResponseBase:
        self.client.cookies = copy.deepcopy(self.cookies)
        savepoint = transaction.savepoint()
        try:
            response = getattr(self.client, method)(path)
            if response.streaming:
                response.body = b"".join(response)
            return response
        finally:
            transaction.savepoint_rollback(savepoint)


def text(response: HttpResponseBase, path: str) -> str:
    """The page without its own address and what differs each time."""
    return re.sub(
        r'(name="csrfmiddlewaretoken" value|nonce)="[^"]*"',
        "",
        response.content.decode(errors="replace").replace(path, ""),
    )


@pytest.fixture
def everything(settings):
    settings.DEMO = True
    return world.build()


def test_every_url_has_a_line_in_the_table_and_every_line_a_url():
    urls = world.every_url()
    assert [url.name for url in urls if line_of(url) is None] == []
    unused = [name for name in TABLE if not any(MATCHES[name](url.name) or url.name == name for url in urls)]
    assert unused == []


def test_every_role_is_among_the_visitors(everything):
    assert set(everything.people) == EVERYBODY


@pytest.mark.once
@pytest.mark.parametrize("visitor", sorted(EVERYBODY))
def test_every_url_answers_as_the_table_says(everything, visitor):
    somebody = Visitor(everything.people[visitor])
    wrong = []
    for url in world.every_url():
        line = line_of(url) or PAGE  # the test above tells of a missing line
        for method in ("get", "post"):
            path = everything.path(url)
            response = somebody.ask(method, path)
            if answer(response) != line.expected(visitor, method):
                wrong.append(f"{method} {path}: {answer(response)}, not {line.expected(visitor, method)} ({url.name})")
            if "<" in url.route and visitor in LOGGED_IN - line.who and line.others == "404":
                nowhere = everything.path(url, missing=True)
                missing = somebody.ask(method, nowhere)
                if (missing.status_code, text(missing, nowhere)) != (404, text(response, path)):
                    wrong.append(f"{method} {path}: tells that it is there")
    assert not wrong, "\n".join(wrong)
