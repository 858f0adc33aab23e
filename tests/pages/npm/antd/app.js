// A form of Ant Design, held by its own Form: what the application received is printed into the page and kept in window.held.
import { createElement as h, useState } from "react";
import { createRoot } from "react-dom/client";
import { AutoComplete, Button, Checkbox, Form, Input, InputNumber, Mentions, Radio, Rate, Select, Slider, Switch, Upload } from "antd";

const choices = (...texts) => texts.map((label) => ({ label, value: label.slice(0, 4).toLowerCase() }));
const cities = Array.from({ length: 500 }, (_, n) => ({ label: `City ${n}`, value: n }));
const streets = ["Lake Road", "Lake Lane", "Hill Street"];

const Street = (props) => {
  const [options, setOptions] = useState([]);
  return h(AutoComplete, { ...props, options, onSearch: (text) => setOptions(streets.filter((s) => text && s.toLowerCase().startsWith(text.toLowerCase())).map((value) => ({ value }))) });
};
const item = (name, label, control, more = {}) => h(Form.Item, { key: name, name, label, ...more }, control);
const ticked = { valuePropName: "checked" };

const App = () => {
  const [held, setHeld] = useState({});
  window.held = held;
  return h(Form, { layout: "vertical", style: { width: 480, padding: 16 }, initialValues: { skills: ["tent"], stars: 2 }, onValuesChange: (change, all) => setHeld(all) },
    item("name", "Name", h(Input), { rules: [{ required: true }] }),
    item("secret", "Pass code", h(Input.Password)),
    item("note", "Note", h(Input.TextArea)),
    item("amount", "Amount", h(InputNumber, { min: 0, max: 1000, step: 0.5 })),
    item("country", "Country", h(Select, { options: choices("Finland", "France", "Niger", "Nigeria", "Sweden").map((o) => ({ ...o, value: o.label })) })),
    item("city", "City", h(Select, { showSearch: true, optionFilterProp: "label", options: cities })),
    item("town", "Home town", h(Select, { options: cities })),
    item("skills", "Skills", h(Select, { mode: "multiple", options: choices("Boats", "Bicycles", "Saunas", "Tents") })),
    item("keywords", "Keywords", h(Select, { mode: "tags", open: false })),
    item("street", "Street", h(Street)),
    item("express", "Express delivery", h(Switch), ticked),
    item("terms", "", h(Checkbox, null, "I accept the terms"), ticked),
    item("size", "Size", h(Radio.Group, { options: choices("Small", "Medium", "Large") })),
    item("pace", "Pace", h(Radio.Group, { optionType: "button", options: choices("Slow", "Fast") })),
    item("volume", "Volume", h(Slider, { step: 5 })),
    item("stars", "Stars", h(Rate)),
    item("remark", "Remark", h(Mentions, { options: [{ value: "ada", label: "Ada" }] })),
    item("papers", "Papers", h(Upload, { beforeUpload: () => false, multiple: true }, h(Button, null, "Choose papers")), { valuePropName: "fileList", getValueFromEvent: (event) => event.fileList }),
    h("pre", { id: "held" }, JSON.stringify(held)));
};
createRoot(document.querySelector("#app")).render(h(App));
