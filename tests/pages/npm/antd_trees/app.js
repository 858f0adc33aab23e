// Tree select and cascader of Ant Design, in a form of its own: what the application received is kept in window.held.
import { createElement as h, useState } from "react";
import { createRoot } from "react-dom/client";
import { Cascader, Form, Input, TreeSelect } from "antd";

const branch = (title, children) => ({ title, label: title, value: title.toLowerCase(), ...(children ? { children } : {}) });
const places = [
  branch("Europe", [branch("Finland", [branch("Turku"), branch("Helsinki")]), branch("Sweden", [branch("Stockholm")])]),
  branch("America", [branch("Canada", [branch("Toronto")])]),
];
const item = (name, label, control) => h(Form.Item, { key: name, name, label }, control);

const App = () => {
  const [held, setHeld] = useState({});
  window.held = held;
  return h(Form, { layout: "vertical", style: { width: 480, padding: 16 }, onValuesChange: (change, all) => setHeld(all) },
    item("name", "Name", h(Input)),
    item("office", "Office", h(TreeSelect, { treeData: places })),
    item("depot", "Depot", h(TreeSelect, { treeData: places, showSearch: true, treeNodeFilterProp: "title" })),
    item("served", "Places served", h(TreeSelect, { treeData: places, treeCheckable: true })),
    item("region", "Region", h(Cascader, { options: places })),
    item("area", "Area", h(Cascader, { options: places, showSearch: true })),
    h("pre", { id: "held" }, JSON.stringify(held)));
};
createRoot(document.querySelector("#app")).render(h(App));
