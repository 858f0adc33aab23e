// The parts of a widget that can be pressed, in it and in what it opened. Part of the script that looks at widgets: uses widgets.js.
const POPUPS = `${LISTS}, [role=grid], [role=dialog], [role=menu], [class*=calendar i], [class*=picker i], [class*=dropdown i], ` +
  "[class*=popup i], [class*=popover i], [class*=menu i], [class*=options i]";
const PRESSABLE = "button, a, [role=button], [role=link]";
const outermost = (list) => list.filter((e) => !list.some((other) => other !== e && contains(other, e)));
const innermost = (list) => list.filter((e) => !list.some((other) => other !== e && contains(e, other)));

/** What a widget has opened: the popups that it names, or else what is shown now and was not when the widget was first looked at. */
const opened = (control, before) => {
  const typing = typingIn(control);
  const own = [...new Set([control, typing].filter(Boolean).flatMap(namedPopups))].filter(visible);
  if (own.length) return own;
  // A button to clear the field appears with its first value, and its class names the picker or the menu that it is part of.
  const large = (e) => boxOf(e).width >= 40 && boxOf(e).height >= 20 && !is(e, CLEARS);
  return outermost(everything(document, POPUPS).filter((e) => visible(e) && large(e) && !before.has(e) && !contains(e, control) && !(is(control, SEGMENTED) && contains(control, e))));
};
const shownPopups = () => new Set(everything(document, POPUPS).filter(visible));

const off = (element) => isDisabled(element) || /(^|[\s_-])disabled([\s_-]|$)/i.test(attribute(element, "class").replace(/([a-z])([A-Z])/g, "$1-$2"));
const part = (role, element, text, more = {}) => ({
  role, element, text, value: "", selected: false, disabled: off(element), group: "", path: [], ...more,
});

const WAITING = /(^|[\s_-])(loading|searching|no-?(results?|choices|options|matches|data)|empty|not-?found|placeholder|message)([\s_-]|$)/i;
const listAround = memo((option) => ancestorsOf(option).find((e) => is(e, `${LISTS}, [role=menu], ul, ol`)) || null);
const listName = (option) => (listAround(option) ? squeeze(ariaName(listAround(option))[0]) : "");
const optionsIn = (popup) => {
  const all = query(popup, "[role=option], [role=menuitemradio], [role=menuitemcheckbox], [role=menuitem], [role=radio], option")
    .filter((e) => tagOf(e) === "option" || visible(e));
  // Some lists have options for screen readers alone, and draw what is pressed without any role.
  const drawn = all.length ? all : innermost(query(popup, "li, [class*=option i], [class*=item i], [class*=cell i]").filter((e) => visible(e) && optionText(e)));
  return drawn.filter((e) => optionText(e) && !WAITING.test(named(e)) && roleOf(e) !== "alert" && !is(e, ".footer *, [class*=footer i] *"));
};
/** Where several lists without names stand side by side, as the columns of a clock, each is called by its place. */
const inColumns = (options) => {
  const lists = [...new Set(options.map(listAround))];
  return options.map((option) => optionPart(option, lists.length > 1 ? `column ${lists.indexOf(listAround(option)) + 1}` : ""));
};
const optionPart = (option, column = "") => part("option", option, optionText(option), {
  value: attribute(option, "data-value") || attribute(option, "data-id") || (tagOf(option) === "option" ? option.value : ""),
  selected: isChosen(option),
  group: listName(option) || column,
});

/** A tree's entries: their own words, the branches around them, and a part that opens a closed branch. */
const treeParts = (tree) => {
  const items = query(tree, "[role=treeitem]").filter(visible);
  const rowOf = (item) => Array.from(nodesOf(item)).find((e) => isElement(e) && visible(e) && roleOf(e) !== "group" && wordsIn(e)) || item;
  const nested = items.some((item) => ancestorsOf(item).some((e) => roleOf(e) === "treeitem" && contains(tree, e)));
  const indents = [...new Set(items.map((item) => Math.round(boxOf(rowOf(item)).left)))].sort((a, b) => a - b);
  const levelOf = (item) => Number(attribute(item, "aria-level")) ||
    (nested ? ancestorsOf(item).filter((e) => roleOf(e) === "treeitem" && contains(tree, e)).length : indents.indexOf(Math.round(boxOf(rowOf(item)).left))) + 1;
  const trail = [];
  return items.flatMap((item) => {
    const level = levelOf(item);
    const text = ownText(item);
    const path = trail.slice(0, level - 1);
    trail.splice(level - 1, trail.length, text);
    const collapsed = attribute(item, "aria-expanded") === "false";
    const row = rowOf(item);
    const toggle = collapsed && query(item, "button, [class*=toggle i], [class*=expand i], [class*=arrow i], [class*=switcher i], [class*=caret i]").find(visible);
    const entry = part("option", row, text, { path, selected: isChosen(item), disabled: off(item) });
    return collapsed ? [entry, part("next", toggle || row, text, { path, group: "branch" })] : [entry];
  });
};

const MONTH_BEFORE = /prev|back|vorher|zurück|précéd|anterior|edellinen|föregående|上一?[个月]|‹|◀|←|❮|^<$/i;
const MONTH_AFTER = /next|forward|nächst|weiter|suivant|siguiente|próximo|seuraava|nästa|下一?[个月]|›|▶|→|❯|^>$/i;
const OF_YEARS = /year|jahr|année|año|vuosi|vuote|år\b|年|«|»|<<|>>/i;
const OUTSIDE = /(^|[\s_-])(prev-month-day|next-month-day|other-?month|outside|off-?month|old|new|muted|adjacent|overflow)([\s_-]|$)/i;

/** A calendar's heading: the month and year that it shows, as words or in a list and a box. */
const captionOf = (around, days) => {
  const boxes = query(around, "select, input").filter(visible)
    .map((e) => (tagOf(e) === "select" ? (e.selectedOptions[0] || {}).text || "" : e.value));
  if (boxes.some((text) => /^\d{4}$/.test(text))) return squeeze([...query(around, "[class*=month i]").filter((e) => visible(e) && !query(e, "*").length).map((e) => e.textContent), ...boxes].join(" "));
  const heads = query(around, "*").filter((e) => visible(e) && /\d{4}/.test(e.textContent || "") && squeeze(e.textContent).length <= 40 && !days.some((d) => contains(d, e) || contains(e, d)));
  return heads.length ? squeeze(heads[0].textContent) : "";
};
const dateOf = (cell) => {
  for (const e of [cell, ...query(cell, "*")]) {
    for (const name of ["data-date", "data-day", "datetime", "aria-label", "title"]) {
      if (/\d/.test(attribute(e, name)) && attribute(e, name).length > 4) return attribute(e, name);
    }
  }
  return "";
};
const calendarParts = (popup) => {
  const cells = innermost(query(popup, "[role=gridcell], td, [class*=day i]"))
    .filter((e) => visible(e) && /^\d{1,2}$/.test(squeeze(e.textContent || "")) && !/week/i.test(named(e)));
  if (cells.length < 28) return { parts: [], caption: "" };
  const month = memo((cell) => {
    const around = ancestorsOf(cell).slice(0, 6).find((e) => contains(popup, e) && captionOf(e, cells));
    return around ? captionOf(around, cells) : "";
  });
  const days = cells.map((cell) => {
    const target = query(cell, "button, a").find(visible) || cell;
    const chosenNow = [cell, target, ...ancestorsOf(cell).slice(0, 1)].some((e) => attribute(e, "aria-selected") === "true" || attribute(e, "aria-pressed") === "true") || /(^|[\s_-])selected([\s_-]|$)/i.test(named(cell));
    return part("day", target, squeeze(cell.textContent), {
      value: dateOf(cell), selected: chosenNow, disabled: off(cell) || off(target),
      group: OUTSIDE.test(`${named(cell)} ${named(target)}`) ? "outside" : month(parentOf(cell)),
    });
  });
  const arrows = query(popup, `${PRESSABLE}, [class*=prev i], [class*=next i]`).filter((e) => visible(e) && !cells.some((c) => contains(c, e)));
  const turning = innermost(arrows).filter((e) => !off(e)).flatMap((e) => {
    const target = is(e, PRESSABLE) ? e : ancestorsOf(e).find((a) => is(a, PRESSABLE) && contains(popup, a)) || e;
    const text = spoken(target) || named(target);
    const way = MONTH_BEFORE.test(text) || /«|<</.test(text) ? "previous" : MONTH_AFTER.test(text) || /»|>>/.test(text) ? "next" : "";
    return way ? [part(way, target, text, { group: OF_YEARS.test(text) && !/month|monat/i.test(text) ? "year" : "month" })] : [];
  });
  return { parts: [...days, ...turning], caption: captionOf(popup, cells) };
};

const CLEARS = "[class*=clear i], [aria-label*=clear i], [title*=clear i]";

/** What opens the popup: the widget's own button where it is a text box, else the widget. */
const triggerOf = (control) => {
  const kind = widgetKind(control);
  const around = boxAround(control);
  const near = query(around, PRESSABLE).filter((e) => visible(e) && e !== control && !is(e, `${REMOVES}, ${CLEARS}`));
  const calendar = closeAround(control, 3).flatMap((e) => query(e, PRESSABLE)).find((e) => visible(e) && PICKS_DATES.test(`${spoken(e)} ${pictured(e)}`));
  const button = kind === "datepicker" || kind === "timepicker" ? calendar || (near.length === 1 ? near[0] : null) : null;
  return part("trigger", button || control, "", { group: button ? "button" : "" });
};
const stepParts = (control) => closeAround(control, 3).slice(0, 2).flatMap((e) => query(e, PRESSABLE)).filter(visible).flatMap((button) => {
  const text = spoken(button);
  return /^\+$|▲|increase|increment|more|plus|erhöhen|lisää|öka|增/i.test(text) ? [part("increase", button, text)]
    : /^[-−–]$|▼|decrease|decrement|less|minus|verringern|vähennä|minska|减/i.test(text) ? [part("decrease", button, text)] : [];
});

const CONFIRMS = /^(ok|okay|apply|confirm|done|set|accept|übernehmen|anwenden|bestätigen|fertig|appliquer|valider|aplicar|aceptar|listo|valmis|hyväksy|käytä|klar|använd|bekräfta|确定|确认|適用|決定|完了)$/i;
/** The button by which a popup takes over what was chosen in it. */
const confirmParts = (popups) => popups.flatMap((e) => query(e, PRESSABLE)).filter((e) => visible(e) && CONFIRMS.test(squeeze(e.textContent || "")))
  .map((e) => part("confirm", e, squeeze(e.textContent)));

/** The box of an open list that shows a part of it only: it can be scrolled down. */
const scrollerIn = (popups) => popups.flatMap((popup) => [popup, ...query(popup, "*")])
  .find((e) => e.clientHeight > 20 && e.scrollHeight > e.clientHeight + 8 && styleOf(e).overflowY !== "visible" && visible(e)) || null;

const partsOf = (control, popups) => {
  const kind = widgetKind(control);
  if (roleOf(control) === "group") return [triggerOf(control), ...segmentsOf(control).map(([name, e]) => part("segment", e, name, { value: attribute(e, "aria-valuenow") }))];
  const chips = chipsOf(control).map((chip) => part("remove", removerOf(chip), chipText(chip)));
  if (kind === "duallist") {
    const dual = dualOf(control);
    const lists = [[dual.offered, "offered"], [dual.chosen, "chosen"]];
    return [...lists.flatMap(([list, group]) => optionsIn(list).map((o) => ({ ...optionPart(o), group }))),
      ...dual.buttons.map((b) => [b, moving(b)]).filter(([, way]) => way).map(([b, way]) => part(way, b, spoken(b), { group: /\ball\b|»|<<|>>|«|alle\b|tout|todos|kaikki|alla\b|全/i.test(spoken(b)) ? "all" : "" }))];
  }
  const inside = kind === "radiogroup" || is(control, LISTS) ? [control] : popups;
  const trees = inside.flatMap((e) => (roleOf(e) === "tree" ? [e] : query(e, "[role=tree]")));
  const entries = trees.length ? trees.flatMap(treeParts) : inColumns(inside.flatMap(optionsIn));
  if (kind === "radiogroup") {
    const now = chosenParts(control);
    for (const entry of entries) entry.selected = now.includes(entry.element);
  }
  const steps = kind === "spinbutton" ? stepParts(control) : [];
  return [triggerOf(control), ...chips, ...entries, ...steps, ...confirmParts(popups)];
};
