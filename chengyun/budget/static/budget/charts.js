// data-plot: draws the figures of #plots. The table behind each plot says the same.
import { init } from "../vendor/echarts.js";

const place = document.querySelector("[data-plots]");
const data = JSON.parse(document.getElementById("plots").textContent);
const token = (name) => getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim();
const said = (value) => value.toLocaleString("en-US", { minimumFractionDigits: 2, maximumFractionDigits: 2 });
const narrow = () => window.innerWidth < 576;

function shared() {
  const text = { color: token("ink-2"), fontFamily: getComputedStyle(document.body).fontFamily };
  const axis = { axisLine: { lineStyle: { color: token("line-strong") } }, axisLabel: text, splitLine: { lineStyle: { color: token("line") } } };
  return {
    text,
    axis,
    base: {
      animation: false,
      textStyle: text,
      // Drawn on the canvas: the content policy allows no styles inside markup.
      tooltip: { trigger: "axis", renderMode: "richText", valueFormatter: (value) => (value === undefined ? "" : `${said(value)} ${place.dataset.unit}`), backgroundColor: token("card"), borderColor: token("line"), textStyle: { color: token("ink") } },
      grid: { left: 8, right: 56, top: 8, bottom: 8, containLabel: true },
    },
  };
}

function bars(plot, colour, horizontal) {
  const { base, axis, text } = shared();
  const names = horizontal ? [...plot.names].reverse() : plot.names;
  const values = horizontal ? [...plot.values].reverse() : plot.values;
  const most = narrow() ? 6 : 14;
  const category = { ...axis, type: "category", data: names, splitLine: { show: false }, axisTick: { show: false }, axisLabel: { ...text, formatter: (name) => (name.length > most ? `${name.slice(0, most)}…` : name) } };
  const value = { ...axis, type: "value", name: place.dataset.unit, nameTextStyle: text, axisLabel: { ...text, hideOverlap: true } };
  const label = { show: true, position: horizontal ? "right" : "top", color: token("ink"), formatter: (one) => said(one.value) };
  return {
    ...base,
    tooltip: { ...base.tooltip, axisPointer: { type: "shadow" } },
    [horizontal ? "yAxis" : "xAxis"]: category,
    [horizontal ? "xAxis" : "yAxis"]: value,
    series: [{ type: "bar", data: values, barMaxWidth: 22, itemStyle: { color: colour }, label }],
  };
}

function spent(plot) {
  const { base, axis, text } = shared();
  const words = place.dataset;
  return {
    ...base,
    grid: { ...base.grid, top: 56, right: 16 },
    legend: { top: 0, textStyle: text, data: [words.month, words.sum, words.pace] },
    xAxis: { ...axis, type: "category", data: plot.names, splitLine: { show: false } },
    yAxis: { ...axis, type: "value", name: words.unit, nameTextStyle: text },
    series: [
      { name: words.month, type: "bar", data: plot.values, barMaxWidth: 18, itemStyle: { color: token("line-strong") } },
      { name: words.sum, type: "line", data: plot.sums, lineStyle: { width: 3 }, symbol: "circle", itemStyle: { color: token("accent") } },
      { name: words.pace, type: "line", data: plot.pace, showSymbol: false, lineStyle: { type: "dashed" }, itemStyle: { color: token("ink-3") } },
    ],
  };
}

function draw(area) {
  const plot = data[area.dataset.plot];
  const chart = init(area);
  const options = { goes: () => bars(plot, token("accent-fill"), true), changed: () => bars(plot, token("accent-fill"), true), spent: () => spent(plot) };
  const show = () => chart.setOption(options[area.dataset.plot](), true);
  show();
  new ResizeObserver(() => chart.resize()).observe(area);
  new MutationObserver(show).observe(document.documentElement, { attributes: true, attributeFilter: ["data-bs-theme"] });
}

for (const area of document.querySelectorAll("[data-plot]")) draw(area);
