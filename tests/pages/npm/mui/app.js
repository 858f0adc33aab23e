// A controlled form of Material UI: what the application holds is printed into the page and kept in window.held.
import { createElement as h, useState } from "react";
import { createRoot } from "react-dom/client";
import {
  Autocomplete, Checkbox, Chip, FormControl, FormControlLabel, FormLabel, InputLabel, MenuItem, OutlinedInput, Radio, RadioGroup, Rating, Select,
  Slider, Switch, TextField, Typography,
} from "@mui/material";

const countries = ["Finland", "France", "Niger", "Nigeria", "Sweden"];
const skills = ["Boats", "Bicycles", "Saunas", "Tents"];
const cities = Array.from({ length: 400 }, (_, n) => ({ id: n, label: `City ${n}` }));
const depots = [{ id: "t1", label: "Turku North" }, { id: "t2", label: "Turku Harbour" }];

const Depot = ({ value, onChange }) => {
  const [options, setOptions] = useState([]);
  const [loading, setLoading] = useState(false);
  const ask = (text) => {
    setOptions([]);
    setLoading(true);
    setTimeout(() => { setLoading(false); setOptions(depots.filter(({ label }) => label.toLowerCase().includes(text.toLowerCase()))); }, 500);
  };
  return h(Autocomplete, {
    options, loading, value, filterOptions: (all) => all, isOptionEqualToValue: (a, b) => a.id === b.id, onChange: (event, option) => onChange(option),
    onInputChange: (event, text, reason) => reason === "input" && ask(text), renderInput: (props) => h(TextField, { ...props, label: "Depot" }),
  });
};

const App = () => {
  const [held, setHeld] = useState({
    name: "", amount: "", note: "", country: "", skills: ["Tents"], city: null, depot: null, languages: ["Finnish"], colour: "",
    express: false, terms: false, size: "s", volume: 30, range: [10, 90], stars: 2,
  });
  const hold = (key) => (value) => setHeld((before) => ({ ...before, [key]: value }));
  const typed = (key) => (event) => hold(key)(event.target.value);
  const ticked = (key) => (event) => hold(key)(event.target.checked);
  const given = (key) => (event, value) => hold(key)(value);
  window.held = held;
  return h("form", { style: { display: "grid", gap: 24, width: 480, padding: 16 } },
    h(TextField, { label: "Name", required: true, value: held.name, onChange: typed("name") }),
    h(TextField, { label: "Amount", type: "number", variant: "filled", value: held.amount, onChange: typed("amount") }),
    h(TextField, { label: "Note", multiline: true, rows: 3, variant: "standard", value: held.note, onChange: typed("note") }),
    h(FormControl, null, h(InputLabel, { id: "country-label" }, "Country"),
      h(Select, { labelId: "country-label", label: "Country", value: held.country, onChange: typed("country") },
        h(MenuItem, { value: "" }, h("em", null, "None")), countries.map((text) => h(MenuItem, { key: text, value: text }, text)))),
    h(FormControl, null, h(InputLabel, { id: "skills-label" }, "Skills"),
      h(Select, { labelId: "skills-label", multiple: true, input: h(OutlinedInput, { label: "Skills" }), value: held.skills, onChange: typed("skills"),
        renderValue: (chosen) => chosen.map((text) => h(Chip, { key: text, label: text })) },
        skills.map((text) => h(MenuItem, { key: text, value: text }, text)))),
    h(Autocomplete, { options: cities, value: held.city, onChange: given("city"), renderInput: (props) => h(TextField, { ...props, label: "City" }) }),
    h(Depot, { value: held.depot, onChange: hold("depot") }),
    h(Autocomplete, { multiple: true, options: ["English", "Finnish", "French", "Swedish"], value: held.languages, onChange: given("languages"),
      renderInput: (props) => h(TextField, { ...props, label: "Languages" }) }),
    h(Autocomplete, { freeSolo: true, options: ["Red", "Green"], inputValue: held.colour, onInputChange: given("colour"),
      renderInput: (props) => h(TextField, { ...props, label: "Colour" }) }),
    h(FormControlLabel, { label: "Express delivery", control: h(Switch, { checked: held.express, onChange: ticked("express") }) }),
    h(FormControlLabel, { label: "I accept the terms", control: h(Checkbox, { checked: held.terms, onChange: ticked("terms") }) }),
    h(FormControl, null, h(FormLabel, { id: "size-label" }, "Size"),
      h(RadioGroup, { "aria-labelledby": "size-label", name: "size", value: held.size, onChange: typed("size") },
        [["s", "Small"], ["m", "Medium"], ["l", "Large"]].map(([value, label]) => h(FormControlLabel, { key: value, value, label, control: h(Radio) })))),
    h("div", null, h(Typography, { id: "volume-label" }, "Volume"),
      h(Slider, { "aria-labelledby": "volume-label", value: held.volume, step: 5, onChange: given("volume") })),
    h("div", null, h(Typography, { component: "legend" }, "Stars"), h(Rating, { name: "stars", value: held.stars, onChange: given("stars") })),
    h("pre", { id: "held" }, JSON.stringify(held)));
};
createRoot(document.querySelector("#app")).render(h(App));
