// The date and time pickers of Ant Design: the application holds what it received as texts in window.held.
import { createElement as h, useState } from "react";
import { createRoot } from "react-dom/client";
import { DatePicker, Form, Input, TimePicker } from "antd";
import dayjs from "dayjs";

const item = (name, label, control) => h(Form.Item, { key: name, name, label }, control);
const texts = (all) => JSON.parse(JSON.stringify(all, (key, value) => (Array.isArray(value) ? value.join(" to ") : value)));
dayjs.prototype.toJSON = function plain() { return this.format("YYYY-MM-DDTHH:mm:ss"); };
dayjs.prototype.toString = function plain() { return this.format("YYYY-MM-DD"); };

const App = () => {
  const [held, setHeld] = useState({});
  window.held = texts(held);
  return h(Form, { layout: "vertical", style: { width: 480, padding: 16 }, initialValues: { departure: dayjs("2026-01-31") }, onValuesChange: (change, all) => setHeld(all) },
    item("name", "Name", h(Input)),
    item("arrival", "Arrival", h(DatePicker)),
    item("departure", "Departure", h(DatePicker, { format: "DD.MM.YYYY" })),
    item("due", "Due", h(DatePicker, { needConfirm: true })),
    item("stay", "Stay", h(DatePicker.RangePicker)),
    item("call", "Call at", h(TimePicker, { format: "HH:mm" })),
    item("alarm", "Alarm", h(TimePicker, { needConfirm: false })),
    h("pre", { id: "held" }, JSON.stringify(window.held)));
};
createRoot(document.querySelector("#app")).render(h(App));
