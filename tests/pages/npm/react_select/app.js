// A controlled form with react-select: one choice, several, options loaded on asking, and a plain field that React holds.
import { createElement as h, useState } from "react";
import { createRoot } from "react-dom/client";
import Select from "react-select";
import AsyncSelect from "react-select/async";

const countries = [["fi", "Finland"], ["ne", "Niger"], ["ng", "Nigeria"], ["se", "Sweden"]].map(([value, label]) => ({ value, label }));
const extras = [["1", "Boat"], ["2", "Bicycle"], ["3", "Sauna"]].map(([value, label]) => ({ value, label }));
const depots = [["t1", "Turku North"], ["t2", "Turku Harbour"]].map(([value, label]) => ({ value, label }));
const ask = (text) => new Promise((done) => setTimeout(() => done(depots.filter(({ label }) => label.toLowerCase().includes(text.toLowerCase()))), 400));

const App = () => {
  const [held, setHeld] = useState({ extras: [extras[0]], name: "" });
  const hold = (key) => (value) => setHeld((before) => ({ ...before, [key]: value }));
  window.held = held;
  const field = (key, label, control) => h("div", { key }, h("label", { htmlFor: key }, label), control);
  return h("form", null,
    field("country", "Country", h(Select, { inputId: "country", options: countries, value: held.country || null, onChange: hold("country") })),
    field("extras", "Extras", h(Select, { inputId: "extras", isMulti: true, options: extras, value: held.extras, onChange: hold("extras") })),
    field("depot", "Depot", h(AsyncSelect, { inputId: "depot", loadOptions: ask, value: held.depot || null, onChange: hold("depot"), menuPortalTarget: document.body })),
    field("name", "Name", h("input", { id: "name", value: held.name, onChange: (event) => hold("name")(event.target.value) })));
};
createRoot(document.querySelector("#app")).render(h(App));
