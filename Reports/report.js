// Search and filters over the list of items, kept behind the # of the address so that a view can be sent to somebody.
// The page is complete without this. It must hold neither a less-than sign nor an ampersand: it stands inside HTML.
(() => {
  "use strict";
  const part = document.getElementById("items").parentElement;
  const sections = [...part.querySelectorAll("section.items")];
  const items = [...part.querySelectorAll(".item")];
  const texts = new Map();
  const statuses = ["fail", "error", "inconclusive", "stale", "pending", "pass", "notApplicable", "waived", "blocking"];
  const words = { notApplicable: "not applicable", blocking: "keep from go" };

  const make = (name, attributes, ...children) => {
    const element = document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
    element.append(...children);
    return element;
  };
  const textOf = (item) => {
    if (!texts.has(item)) texts.set(item, item.textContent.toLowerCase());
    return texts.get(item);
  };
  // What is folded can still be found by the browser's own search, which unfolds it.
  const isOpen = (item) => !item.lastElementChild.hidden;
  const fold = (item, isFolded) => {
    if (isFolded) item.lastElementChild.setAttribute("hidden", "until-found");
    else item.lastElementChild.removeAttribute("hidden");
    // Its title; asking for it by name takes a tenth of a millisecond, and there are many.
    item.children[1].firstElementChild.setAttribute("aria-expanded", String(!isFolded));
  };
  const split = (text, separator) => text.split(separator).filter((word) => word !== "");

  // The filter of the address: `#?is=fail,stale` with `severity`, `section`, `owner` and `q` beside it.
  const read = () => new URLSearchParams(location.hash.startsWith("#?") ? location.hash.slice(2) : "");

  const matches = (item, filter) => {
    const marks = item.dataset.is.split(" ");
    const wanted = filter.is;
    if (wanted.length > 0) if (!wanted.some((mark) => marks.includes(mark))) return false;
    if (filter.severity) if (item.dataset.severity !== filter.severity) return false;
    if (filter.section) if (item.closest("section").dataset.section !== filter.section) return false;
    if (filter.owner) if (!item.dataset.owners.split("|").includes(filter.owner)) return false;
    return filter.terms.every((term) => textOf(item).includes(term));
  };

  // What stands in the tools, shown by the list.
  let isFiltered = false;
  const apply = () => {
    const filter = {
      is: chips.filter((chip) => chip.checked).map((chip) => chip.value),
      severity: severity.value, section: section.value, owner: owner.value,
      terms: split(search.value.toLowerCase(), /\s+/),
    };
    const wasFiltered = isFiltered;
    isFiltered = [filter.severity, filter.section, filter.owner, ...filter.is, ...filter.terms].some((value) => value);
    part.classList.toggle("filtered", isFiltered);
    let count = 0;
    if (isFiltered || wasFiltered) for (const item of items) {
      const isShown = !isFiltered || matches(item, filter);
      if (item.hidden === isShown) item.hidden = !isShown;
      if (isShown) count += 1;
    }
    for (const group of sections) {
      const isEmpty = isFiltered ? group.querySelector(".item:not([hidden])") === null : false;
      if (group.hidden !== isEmpty) group.hidden = isEmpty;
    }
    result.textContent = isFiltered ? `${count} of ${items.length} items` : `${items.length} items`;
    clear.hidden = !isFiltered;
  };
  const keep = () => {
    apply();
    const address = new URLSearchParams();
    const is = chips.filter((chip) => chip.checked).map((chip) => chip.value).join(",");
    for (const [key, value] of [["is", is], ["severity", severity.value], ["section", section.value],
      ["owner", owner.value], ["q", search.value.trim()]]) if (value) address.set(key, value);
    history.replaceState(null, "", isFiltered ? `#?${address}` : "#items");
  };
  const load = (address) => {
    const is = split(address.get("is") ?? "", ",");
    for (const chip of chips) chip.checked = is.includes(chip.value);
    severity.value = address.get("severity") ?? "";
    section.value = address.get("section") ?? "";
    owner.value = address.get("owner") ?? "";
    search.value = address.get("q") ?? "";
    apply();
  };

  // Follows the address: a filter fills the tools, an anchor unfolds what holds it.
  const follow = () => {
    if (location.hash.startsWith("#?")) {
      load(read());
      part.scrollIntoView();
      return;
    }
    const target = document.getElementById(location.hash.slice(1));
    if (!target) return;
    if (target.closest("[hidden]")) load(new URLSearchParams());
    for (let outer = target.closest("details"); outer; outer = outer.parentElement.closest("details")) outer.open = true;
    if (target.matches(".item")) fold(target, false);
    if (target.closest("details, .item")) (target.closest(".observation") ?? target).scrollIntoView();
  };

  const option = (value, text) => make("option", { value }, text);
  const select = (label, name, options) => {
    const field = make("select", { id: `filter-${name}` }, option("", `Any ${name}`), ...options);
    field.addEventListener("change", keep);
    return [make("label", { for: `filter-${name}` }, make("span", { class: "unseen" }, label), field), field];
  };
  const present = { is: new Set(), severity: new Set(), owners: new Set() };
  for (const item of items) {
    for (const mark of item.dataset.is.split(" ")) present.is.add(mark);
    present.severity.add(item.dataset.severity);
    if (item.dataset.owners) for (const owner of item.dataset.owners.split("|")) present.owners.add(owner);
  }

  const search = make("input", { type: "search", id: "filter-q", autocomplete: "off", spellcheck: "false",
    placeholder: "Title, id, fact, text" });
  let waiting = 0;
  search.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(keep, 150);
  });
  const chips = statuses.filter((value) => present.is.has(value)).map((value) => {
    const chip = make("input", { type: "checkbox", value, id: `filter-${value}` });
    chip.addEventListener("change", keep);
    return chip;
  });
  const [severityLabel, severity] = select("Severity", "severity",
    ["critical", "high", "medium", "low", "info"].filter((value) => present.severity.has(value))
      .map((value) => option(value, value)));
  const [sectionLabel, section] = select("Section", "section",
    sections.map((group) => option(group.dataset.section, group.querySelector("h4").textContent)));
  const owners = [...present.owners].sort();
  const [ownerLabel, owner] = select("Owner", "owner", owners.map((value) => option(value, value)));
  if (owners.length === 0) ownerLabel.hidden = true;

  const clear = make("button", { type: "button", class: "clear" }, "Show all");
  clear.addEventListener("click", () => {
    load(new URLSearchParams());
    keep();
    search.focus();
  });
  const foldShown = (isFolded) => () => {
    for (const item of items) if (!item.hidden) fold(item, isFolded);
  };
  const unfoldAll = make("button", { type: "button" }, "Unfold");
  unfoldAll.addEventListener("click", foldShown(false));
  const foldAll = make("button", { type: "button" }, "Fold");
  foldAll.addEventListener("click", foldShown(true));
  const result = make("output", { role: "status" });

  const tools = make("div", { class: "tools", role: "search", "aria-label": "Items" },
    make("div", { class: "fields" },
      make("label", { for: "filter-q", class: "search" }, make("span", { class: "unseen" }, "Search"), search),
      severityLabel, sectionLabel, ownerLabel),
    make("fieldset", {}, make("legend", { class: "unseen" }, "Status"),
      ...chips.map((chip) => make("label", { class: `chip ${chip.value}`, for: chip.id }, chip,
        make("span", {}, words[chip.value] ?? chip.value)))),
    make("div", { class: "outcome" }, result, clear, unfoldAll, foldAll));
  part.querySelector("h3").after(tools);

  // Of many items a part at a time, so that the page is there first; until then the address alone unfolds, by style.
  const isFoldedOnce = (item) => item.children[1].firstElementChild.hasAttribute("aria-expanded");
  const foldFrom = (start) => {
    const end = start + 1000;
    for (const item of items.slice(start, end)) if (!isFoldedOnce(item)) fold(item, true);
    if (items.length > end) setTimeout(() => foldFrom(end));
    else document.documentElement.classList.add("scripted");
  };
  foldFrom(0);
  part.addEventListener("beforematch", (event) => fold(event.target.closest(".item"), false));
  // The whole head of an item folds and unfolds it, and leaves its address behind where no filter stands there.
  part.addEventListener("click", (event) => {
    const item = event.target.closest(".item");
    if (!item || !document.documentElement.matches(".scripted")) return;
    if (event.target.closest(".body") || event.ctrlKey || event.metaKey || event.shiftKey) return;
    const link = event.target.closest("a");
    if (!link) if (String(getSelection()) !== "") return;
    event.preventDefault();
    const isFolded = isOpen(item);
    fold(item, isFolded);
    if (isFiltered) return;
    history.replaceState(null, "", isFolded ? "#items" : `#${item.id}`);
  });

  // A number leads to exactly the items that it counts: here to the filtered list.
  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[data-filter]");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.button !== 0) return;
    event.preventDefault();
    location.hash = link.dataset.filter === "" ? "#items" : `#?${link.dataset.filter}`;
    if (link.dataset.filter === "") load(new URLSearchParams());
    search.focus({ preventScroll: true });
  });
  // To where the address points already leads nowhere by itself, though it may have been folded since.
  document.addEventListener("click", (event) => {
    const link = event.target.closest("a");
    if (link) if (link.getAttribute("href") === location.hash) if (!link.closest(".item > h5")) follow();
  });
  // Paper unfolds by style; where a browser cannot, it is done here.
  if (!CSS.supports("selector(::details-content)")) {
    let opened = [];
    addEventListener("beforeprint", () => {
      opened = [...document.querySelectorAll("details:not([open])")];
      for (const element of opened) element.open = true;
    });
    addEventListener("afterprint", () => {
      for (const element of opened) element.open = false;
    });
  }
  addEventListener("hashchange", follow);
  apply();
  follow();
})();
