// Which elements are widgets, the controls that a page draws itself, and what they hold. Part of every script: uses dom.js and visibility.js.
const TEXTUAL = "input:not([type]), input[type=text i], input[type=search i], input[type=tel i], input[type='' i]";
const LISTS = "[role=listbox], [role=tree]";
// Stars to rate with are often drawn radio buttons in a list without a role of its own. The class is asked first: it is the cheap question.
const LOOSE_RADIOS = "[class*=rat i]:not(li, [role=radiogroup]):has(> [role=radio], > li > [role=radio])";
const RADIOS = `[role=radiogroup], ${LOOSE_RADIOS}`;
const ROLED = `[role=combobox], ${LISTS}, [role=switch], [role=checkbox], [role=spinbutton], [role=slider], ${RADIOS}, ${SEGMENTED}`;
const WIDGETS = `${ROLED}, [aria-haspopup=listbox], [aria-haspopup=tree], [aria-autocomplete=list], [aria-autocomplete=both]`;
const WIDGET_KINDS = new Set([
  "combobox", "listbox", "radiogroup", "switch", "spinbutton", "slider", "tags", "datepicker", "timepicker", "duallist", "tree",
]);
const SEVERAL = new Set(["tags", "duallist"]);

const roleOf = (element) => attribute(element, "role").toLowerCase();
const named = (element) => `${attribute(element, "class")} ${attribute(element, "id")}`.replace(/([a-z])([A-Z])/g, "$1-$2");
const spoken = (element) => squeeze(`${attribute(element, "aria-label")} ${attribute(element, "title")} ${element.textContent || ""}`);
const pictured = (element) => squeeze(query(element, "[title], [aria-label], img[alt]").map((e) => `${attribute(e, "title")} ${attribute(e, "aria-label")} ${attribute(e, "alt")}`).join(" "));
const closeAround = (control, levels) => ancestorsOf(control).slice(0, levels).filter((e) => !is(e, "form, fieldset, body, html, table, tr, iframe, frame"));

/** What an open widget shows apart from itself, by the ids that it names: its listbox, tree, grid or dialogue. */
const namedPopups = (control) => {
  const inner = query(control, "[aria-controls], [aria-owns]");
  return [control, ...inner].flatMap((e) => [...referenced(e, "aria-controls"), ...referenced(e, "aria-owns")])
    .filter((e) => !contains(e, control));
};
const popupOwners = memo(() => {
  const owners = new Map();
  for (const owner of everything(document, "[role=combobox], [aria-haspopup], [aria-autocomplete]")) {
    for (const popup of namedPopups(owner)) {
      // A dialogue may hold the very form that is to be filled; only one with a calendar belongs to a control.
      if (roleOf(popup) !== "dialog" || query(popup, "[role=grid], table").length) owners.set(popup, owner);
    }
  }
  return owners;
});

/** Whether an element belongs to another widget: its popup, its button, the list beside the chosen ones. */
const isPart = memo((control) => {
  const owners = popupOwners(document);
  const owner = [control, ...ancestorsOf(control)].map((e) => owners.get(e)).find(Boolean);
  if (owner && owner !== control) return true;
  const outer = ancestorsOf(control).find((e) => is(e, WIDGETS) && widgetKind(e) && !is(e, "[role=tree]"));
  if (outer) return true;
  if (is(control, "button[aria-haspopup]") && namedPopups(control).some((popup) => owners.get(popup) !== control)) return true;
  const dual = dualOf(control);
  return Boolean(dual && dual.chosen !== control) || (is(control, TEXTUAL) && endsOf(control).indexOf(control) > 0);
});

const MOVES_IN = /\b(add|choose|include|assign|to right|hinzuf|zuweisen|ajouter|añadir|lisää|lägg till|添加)|[>»→▶❯]/i;
const MOVES_OUT = /\b(remove|exclude|unassign|to left|entfern|retirer|quitar|poista|ta bort|移除)|[<«←◀❮]/i;
const moving = (button) => {
  const text = `${spoken(button)} ${named(button).replace(/[-_]/g, " ")}`;
  return MOVES_OUT.test(text) ? "take out" : MOVES_IN.test(text) ? "put in" : "";
};

/** The dual list that a list or its search box is in: the offered and the chosen list, and buttons that move entries, else null. */
const dualOf = memo((control) => {
  if (!is(control, `select[multiple], [role=listbox], ${TEXTUAL}`)) return null;
  for (const around of closeAround(control, 4)) {
    const lists = query(around, "select[multiple], [role=listbox]").filter(visible);
    if (lists.length > 2) return null;
    if (lists.length < 2) continue;
    const buttons = query(around, "button, a, [role=button], input[type=button i]").filter((b) => visible(b) && !lists.some((l) => contains(l, b)));
    const ways = buttons.map(moving);
    const others = query(around, "input, select, textarea").filter((e) => visible(e) && !lists.includes(e) && !is(e, `${TEXTUAL}, [type=button i]`));
    if (!ways.includes("put in") || !ways.includes("take out") || others.length) return null;
    return { around, offered: lists[0], chosen: lists[1], buttons };
  }
  return null;
});

const WORDS_OF_DATES = /(^|[\s_-])(flatpickr|date-?picker|datepicker|date-?input|date-?field|calendar|date-?range(-?picker)?)([\s_-]|$)/i;
const WORDS_OF_TIMES = /(^|[\s_-])(time-?picker|timepicker|clock-?picker)([\s_-]|$)/i;
const WORDS_OF_TAGS = /(^|[\s_-])(tags|chips|tagify|tag-?input|chip-?input|tags-?input|token-?(?:input|field))([\s_-]|$)/i;
const DRAWN = "svg, i, img, [role=img], [class*=icon i]";
const CLOCK = /(^|[\s_-])(clock|time|access-?time|schedule)([\s_-]|$)/i;
const PICKS_DATES = /calendar|(?:choose|pick|select|change) (?:an? |the )?date|datum wählen|kalender|kalenteri|calendrier|calendario|日期|日历/i;
const holdsOne = (around, control) => query(around, `${TEXTUAL}, select, textarea`).filter((e) => e !== control && !contains(control, e) && visible(e)).length === 0;

const textKind = (input) => {
  const near = closeAround(input, 3).filter((around) => holdsOne(around, input));
  const pictures = near.slice(0, 2).filter((e) => /picker/i.test(named(e))).flatMap((e) => query(e, DRAWN)).map((e) => `${named(e)} ${attribute(e, "aria-label")}`);
  const marks = [...[input, ...near.slice(0, 2)].map(named), ...pictures].join(" ");
  if (endsOf(input).length) return "datepicker";
  if (WORDS_OF_TIMES.test(marks) || pictures.some((text) => CLOCK.test(text))) return "timepicker";
  const opens = ["dialog", "grid"].includes(attribute(input, "aria-haspopup"));
  const button = near.some((around) => query(around, "button, [role=button]").some((b) => visible(b) && PICKS_DATES.test(`${spoken(b)} ${pictured(b)}`)));
  if (opens || button || WORDS_OF_DATES.test(marks)) return "datepicker";
  return WORDS_OF_TAGS.test([input, ...near].map(named).join(" ")) ? "tags" : "";
};

/** The kind of a widget, empty for what HTML itself draws. */
const widgetKind = memo((control) => {
  const tag = tagOf(control);
  const role = roleOf(control);
  if (tag === "select" || role === "listbox") {
    const dual = dualOf(control);
    if (dual && dual.chosen === control) return "duallist";
    if (tag === "select") return "";
  }
  if (tag === "textarea" || (tag === "input" && !is(control, TEXTUAL) && role !== "combobox")) return "";
  if (is(control, "[aria-haspopup=tree]") || role === "tree") return "tree";
  if (role === "combobox" || is(control, "[aria-haspopup=listbox], [aria-autocomplete=list], [aria-autocomplete=both]")) {
    return namedPopups(control).some((popup) => roleOf(popup) === "tree") ? "tree" : "combobox";
  }
  if (role === "switch" || role === "checkbox") return query(control, "input[type=checkbox i]").length ? "" : "switch";
  if (role === "radiogroup") return query(control, "[role=radio]").some((e) => tagOf(e) !== "input") ? "radiogroup" : "";
  if (is(control, LOOSE_RADIOS)) return query(control, "[role=radio]").filter((e) => tagOf(e) !== "input").length > 1 ? "radiogroup" : "";
  if (role === "group") {
    const segments = segmentsOf(control).map(([part]) => part);
    return segments.includes("day") ? "datepicker" : segments.length ? "timepicker" : "";
  }
  if (["listbox", "spinbutton", "slider"].includes(role)) return role;
  return is(control, TEXTUAL) ? textKind(control) : "";
});

/** The box that a person takes for the widget: what is around it and holds no other control. */
const boxAround = memo((control) => {
  if (!is(control, `${TEXTUAL}, [role=combobox]`)) return control;
  const around = closeAround(control, 5).filter((e) => !is(e, "label") && !query(e, "label").length && holdsOne(e, control));
  return around[around.length - 1] || control;
});

/** The native control that a widget stands for, kept by the page out of sight beside it: it has the label and the name. */
const behind = memo((control) => {
  if (!["combobox", "tags"].includes(widgetKind(control))) return null;
  for (const around of [control, ...closeAround(control, 4)]) {
    if (around !== control && !holdsOne(around, control)) return null;
    const found = query(around, "select").find((e) => e !== control && !visible(e));
    if (found) return found;
  }
  return null;
});

const typingIn = (control) =>
  is(control, "input, textarea, [contenteditable]") ? control
    : query(control, `${TEXTUAL}, textarea`).find((e) => visible(e) && !is(e, "[readonly]")) || null;
/** The search box of an open combobox, in its popup or in the layer that the popup stands in. */
const searchIn = (control, popups) => {
  if (widgetKind(control) !== "combobox") return null;
  const layers = popups.flatMap((popup) => [popup, ...ancestorsOf(popup).slice(0, 2)]).filter((e) => !contains(e, control) && !is(e, "body, html, form"));
  return layers.flatMap((e) => query(e, TEXTUAL)).find((e) => visible(e) && !is(e, "[readonly]")) || null;
};
const isMultiple = (control) =>
  SEVERAL.has(widgetKind(control)) || [control, ...namedPopups(control)].some((e) => attribute(e, "aria-multiselectable") === "true") ||
  Boolean(behind(control) && behind(control).multiple);

const bare = (text) => squeeze(text).replace(/^[×✕✖⨯▸▾►▼▶▷▹]\s*|\s*[×✕✖⨯▾▼]$/g, "").trim();
const wordsIn = (element, skip = []) => bare(textOf(element, [...query(element, "img, svg, [aria-hidden=true]"), ...skip]));
const SPEAKS = /[\p{L}\p{N}]/u;
const optionText = (option) => {
  const texts = [wordsIn(option), attribute(option, "aria-label"), attribute(option, "title"), bare(textOf(option)), squeeze(option.textContent || ""),
    attribute(option, "aria-posinset")];
  return texts.find((text) => SPEAKS.test(text)) || texts.find(Boolean) || "";
};
const isChosen = (option) =>
  ["aria-selected", "aria-checked"].some((name) => attribute(option, name) === "true") || Boolean(tagOf(option) === "option" && option.selected);

const REMOVES = "[class*=remove i], [class*=delete i], [class*=close i], [aria-label*=remove i], [aria-label*=delete i], [title*=remove i]";
const removerOf = (chip) =>
  query(chip, `${REMOVES}, button, [role=button]`).find((e) => is(e, REMOVES) || /^[×✕✖⨯x]$/i.test(squeeze(e.textContent || ""))) || null;
const TAGS = "[class*=chip i], [class*=tag i], [class*=token i]";
const CHIPS = `${TAGS}, [class*=choice i], [class*=multi-value i], [class*=multiValue], [class*=item i], li, [role=row]`;

/** The entries that stand in a box as chips: small pieces with something that takes them away, the innermost ones. */
const chipsOf = (control) => {
  const typing = typingIn(control);
  const around = boxAround(control);
  const found = query(around, CHIPS).filter((e) => visible(e) && removerOf(e) && e !== typing && !contains(e, typing || e.ownerDocument) && !is(e, REMOVES) && !is(e, "button") &&
    ![...LISTS.split(", ")].some((list) => is(e, `${list} *`) && popupOwners(document).size && ancestorsOf(e).some((a) => popupOwners(document).has(a))));
  return found.filter((e) => !found.some((other) => other !== e && contains(e, other)));
};
const chipText = (chip) => {
  const remover = removerOf(chip);
  return wordsIn(chip, remover ? [remover] : []);
};

/** The text that a page draws over its own empty input, as where the chosen option stands in a layer of its own. */
const drawnOver = (input) => {
  const around = boxAround(input);
  if (around === input) return "";
  const own = boxOf(input);
  const middle = own.top + own.height / 2;
  const over = (box) => box.width > 0 && box.top <= middle && box.bottom >= middle && box.left < own.right + 1 && box.right > own.left;
  const layers = query(around, "*").filter((e) => {
    if (contains(e, input) || is(e, "button, label, input, [role=alert], [role=option]") || !visible(e)) return false;
    const box = boxOf(e);
    return over(box) || (box.top <= middle && box.bottom >= middle && has(e, "data-value"));
  });
  const top = layers.find((e) => squeeze(e.textContent || ""));
  if (top) return /placeholder/i.test(`${named(top)}`) ? "" : wordsIn(top);
  // The input lies over a text without an element of its own.
  const range = Document.prototype.createRange.call(documentOf(input));
  const bareTexts = Array.from(nodesOf(parentOf(input))).filter((node) => typeOf(node) === 3 && squeeze(node.data)).filter((node) => {
    range.selectNode(node);
    return over(placed(range.getBoundingClientRect(), documentOf(node)));
  });
  return /placeholder/i.test(named(parentOf(input))) ? "" : squeeze(bareTexts.map((node) => node.data).join(" "));
};

const chosenParts = (control) => {
  const kind = widgetKind(control);
  const list = query(control, kind === "radiogroup" ? "[role=radio]" : tagOf(control) === "select" ? "option" : "[role=option], [role=treeitem]");
  if (kind === "duallist") return list;
  // Of stars that are all marked up to the chosen one, the last is meant; a radio group has one choice.
  return kind === "radiogroup" ? list.filter(isChosen).slice(-1) : list.filter(isChosen);
};
const ownText = (element) => {
  const rest = query(element, "[role=group]");
  const words = wordsIn(element, rest);
  return SPEAKS.test(words) ? words : optionText(element);
};
const isPlaceholder = (control) => query(control, "[class*=placeholder i]").some(visible) || /(^|[\s_-])placeholder([\s_-]|$)/i.test(named(control));

/** What the native select behind a widget holds, where the widget draws it in a way that can't be read. */
const chosenBehind = (control) => {
  const partner = behind(control);
  const option = partner && !partner.multiple ? partner.options[partner.selectedIndex] : null;
  return option && option.value !== "" ? squeeze(option.text) : "";
};

/** What a person reads in a widget, as a list: one text, or one a chosen entry. */
const shownIn = (control) => {
  const kind = widgetKind(control);
  if (["listbox", "radiogroup", "duallist"].includes(kind) || roleOf(control) === "tree") return chosenParts(control).map(ownText);
  if (kind === "spinbutton" || kind === "slider") return [control.value || attribute(control, "aria-valuenow") || wordsIn(control)].filter(Boolean);
  if (kind === "switch") return [String(attribute(control, "aria-checked") === "true")];
  if (roleOf(control) === "group") return [segmentedValue(segmentsOf(control))].filter(Boolean);
  const ends = kind === "datepicker" ? endsOf(control) : [];
  if (ends.length) return ends.some((e) => e.value) ? [ends.map((e) => e.value).join(" – ")] : [];
  const chips = kind === "datepicker" || kind === "timepicker" ? [] : chipsOf(control).map(chipText).filter(Boolean);
  if (chips.length) return chips;
  const typing = typingIn(control);
  if (typing) {
    const text = typing.value === undefined ? squeeze(textOf(typing)) : typing.value;
    return [text || (kind === "combobox" || kind === "tree" ? drawnOver(typing) || chosenBehind(control) : "")].filter(Boolean);
  }
  const pieces = query(control, TAGS).filter((e) => wordsIn(e) && !ancestorsOf(e).some((a) => a !== control && contains(control, a) && is(a, TAGS)));
  if (pieces.length) return pieces.map((e) => wordsIn(e));
  const partner = behind(control);
  if (partner && partner.selectedIndex >= 0 && partner.options[partner.selectedIndex].value === "") return [];
  return isPlaceholder(control) ? [] : [wordsIn(control) || chosenBehind(control)].filter(Boolean);
};

const WAITS = /^(?:[-–—\s.…]*|(?:please )?(?:select|choose|pick)\b.*|bitte (?:aus)?wählen.*|(?:aus)?wählen.*|choisi.*|seleccion.*|elija.*|valitse.*|välj.*|请选择.*|選択.*)$/i;
const isUnset = (control) => {
  const kind = widgetKind(control);
  const shown = shownIn(control);
  if (kind === "switch") return shown[0] === "false";
  return !shown.length || (kind === "combobox" && !typingIn(control) && WAITS.test(shown.join("")));
};

/** The options that are known without opening. An input that filters has them only when asked. */
const optionsKnown = (control) => {
  const kind = widgetKind(control);
  if (["tags", "datepicker", "timepicker", "switch", "slider", "spinbutton", "tree"].includes(kind)) return [];
  const dual = kind === "duallist" ? dualOf(control) : null;
  const lists = dual ? [dual.offered, dual.chosen] : kind === "combobox" ? (typingIn(control) ? [] : namedPopups(control)) : [control];
  return lists.flatMap((list) => query(list, "option, [role=option], [role=radio]"))
    .map((option) => ({ text: optionText(option), value: optionText(option), disabled: attribute(option, "aria-disabled") === "true" || Boolean(option.disabled) }))
    .filter(({ text }) => text);
};
