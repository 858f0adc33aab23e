// The date, time and date-time pickers of MUI X, controlled: the application holds what it received as texts in window.held.
import { createElement as h, useState } from "react";
import { createRoot } from "react-dom/client";
import { TextField } from "@mui/material";
import { DesktopDatePicker } from "@mui/x-date-pickers/DesktopDatePicker";
import { DateTimePicker } from "@mui/x-date-pickers/DateTimePicker";
import { LocalizationProvider } from "@mui/x-date-pickers/LocalizationProvider";
import { MobileDatePicker } from "@mui/x-date-pickers/MobileDatePicker";
import { TimePicker } from "@mui/x-date-pickers/TimePicker";
import { AdapterDayjs } from "@mui/x-date-pickers/AdapterDayjs";
import dayjs from "dayjs";

const App = () => {
  const [held, setHeld] = useState({ name: "", arrival: null, departure: dayjs("2026-01-31"), due: null, call: null, meeting: null });
  const hold = (key) => (value) => setHeld((before) => ({ ...before, [key]: value }));
  window.held = Object.fromEntries(Object.entries(held).map(([key, value]) => [key, value && value.format ? value.format("YYYY-MM-DDTHH:mm") : value]));
  return h(LocalizationProvider, { dateAdapter: AdapterDayjs }, h("form", { style: { display: "grid", gap: 24, width: 480, padding: 16 } },
    h(TextField, { label: "Name", value: held.name, onChange: (event) => hold("name")(event.target.value) }),
    h(DesktopDatePicker, { label: "Arrival", value: held.arrival, onChange: hold("arrival") }),
    h(DesktopDatePicker, { label: "Departure", format: "DD.MM.YYYY", value: held.departure, onChange: hold("departure") }),
    h(MobileDatePicker, { label: "Due", value: held.due, onAccept: hold("due") }),
    h(TimePicker, { label: "Call at", value: held.call, onChange: hold("call") }),
    h(DateTimePicker, { label: "Meeting", value: held.meeting, onChange: hold("meeting") }),
    h("pre", { id: "held" }, JSON.stringify(window.held))));
};
createRoot(document.querySelector("#app")).render(h(App));
