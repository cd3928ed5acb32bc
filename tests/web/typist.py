"""Somebody who fills every text field of every form with one text."""

from __future__ import annotations

import re
from html import unescape

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from tests.web.forms import form_of, forms_of, text_of
from tests.web.records import png, signed_in, work

ROLES = ("technician", "examiner", "analyst", "commander", "monitor", "administrator")
SHORT = 20


class Typist:
    """Fills every text field of every form with one text, as the people who may."""

    def __init__(self, make, text):
        self.make, self.text = make, text
        self.browsers = {role: signed_in(make.person(role, name=text)) for role in ROLES}
        self.investigator = signed_in(make.person("investigator"))

    def send(self, role, place, /, field=None, **fields):
        browser = self.browsers.get(role, self.investigator)
        form = form_of(browser.get(place), field) if field else {}
        answer = browser.post(place, {**form, **fields})
        assert answer.status_code == 302, f"{place}: {answer.status_code} {_errors(answer)}"
        return answer["Location"]

    def type_all(self):
        text, short = self.text, self.text[:SHORT]
        self.send("administrator", "/agencies/new/", name=text, code=short[:20], kind="other")
        place = self.send(
            *("investigator", "/incidents/new/"),
            field="number",
            number=text[:40],
            occurred_at="2020-05-06T07:08",
            address=text,
            area=text,
            offence_code=short,
            offence_title=text,
            investigative_note=text,
        )
        scene = self.send(
            *("technician", f"{place}scenes/new/"), field="weather", weather=text, note=text
        )
        picture = SimpleUploadedFile("p.png", png(1))
        facts = {"kind": "sketch", "caption": text, "photographs": [picture]}
        self.send("technician", f"{scene}photographs/", **facts)
        exhibits = [self._exhibit(place, kind) for kind in ("cartridge_case", "test_fire")]
        gun = self._exhibit(place, "firearm")
        self.send(
            *("technician", f"{gun}firearm/"),
            field="maker",
            maker=text,
            model=text,
            calibre=text[:40],
            type="pistol",
            serial=text[:40],
            country=text[:60],
            importer=text,
        )
        self.send(*("investigator", f"{gun}firearm/"), field="maker", possessor_note=text)
        self._custody(gun)
        case = self.send("analyst", "/cases/new/", number=text[:40], title=text)
        self.send("analyst", f"{case}incidents/", number=text[:40], do="add")
        self.send(
            *("administrator", "/sharing/new/"),
            recipient=str(self.make.agency("MPD").pk),
            markings=["agency"],
            reason=text,
            starts_on=str(timezone.localdate()),
        )
        self._import()
        self._link(exhibits)
        self.send("technician", f"{exhibits[1]}withdraw/", reason=text)

    def _exhibit(self, place, kind):
        key = place.split("/")[2]
        number = self.text[:40] + kind[:3]
        return self.send(
            *("technician", f"/incidents/{key}/exhibits/new/"),
            field="number",
            number=number,
            kind=kind,
            calibre=self.text[:40],
            headstamp_maker=self.text[:60],
            description=self.text,
            condition=self.text,
        )

    def _custody(self, gun):
        text = self.text
        self.send(
            *("technician", f"{gun}move/"),
            action="stored",
            place=text,
            seal=text[:60],
            condition=text,
        )
        self.send("technician", f"{gun}move/", action="removed", place=text)
        to = self.make.person("technician", name=text)
        self.send("technician", f"{gun}offer/", to=str(to.pk), seal=text[:60], condition=text)

    def _import(self):
        row = ",".join('"' + one.replace('"', '""') + '"' for one in (self.text[:40], self.text))
        table = f"Incident number,{row},Status\nI-1,x,y,{row}\n,,,\n".encode()
        sent = {"kind": "incidents", "table": SimpleUploadedFile("t.csv", table)}
        answer = self.browsers["analyst"].post("/imports/new/", sent)
        assert answer.status_code == 302
        page = self.browsers["analyst"].get(answer["Location"])
        form = next(one for one in forms_of(page) if one["action"].endswith("/map/"))
        columns = unescape(re.findall(r'<option value="([^"]*)"', text_of(page))[2])
        mapped = {"column-occurred_at": columns, "name": self.text}
        self.browsers["analyst"].post(form["action"], {**form["fields"], **mapped})

    def _link(self, exhibits):
        from headstamp.web.comparisons.models import BallisticLink, Examination
        from headstamp.web.evidence.models import Exhibit

        technician = self.make.person("technician")
        for firing, address in enumerate(exhibits, 1):
            exhibit = Exhibit.objects.get(pk=address.split("/")[2])
            self.make.scan(1, firing, of=exhibit, by=technician)
        work()
        link, text = BallisticLink.objects.get(), self.text
        address = f"/links/{link.pk}/"
        version = iter(range(1, 9))
        steps = (
            ("technician", "review", {"decision": "lead"}),
            ("examiner", "verify", {"decision": "lead"}),
            ("analyst", "send", {"sent_to": text}),
            ("analyst", "request-examination", {}),
        )
        for role, step, fields in steps:
            sent = {"reason": text, "version": next(version), **fields}
            self.send(role, f"{address}{step}/", **sent)
        facts = {"conclusion": "identification", "method": "both", "bases": text, "limits": text}
        self.send("examiner", f"{address}examine/", **facts)
        other = signed_in(self.make.person("examiner"))
        waiting = Examination.objects.get()
        sent = {"decision": "agree", "note": text, "examination": str(waiting.pk)}
        assert other.post(f"{address}verify-examination/", sent).status_code == 302


def _errors(answer):
    return re.findall(r"usa-(?:error-message|alert__text)[^>]*>([^<]*)<", text_of(answer))
