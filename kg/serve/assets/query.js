"use strict";
// The page to ask from: YASGUI where it is installed, else a text field and a table.  No text becomes markup.

const endpoint = new URL("/sparql", location.href).href;
const plain = document.getElementById("plain");
const field = document.getElementById("query");
const question = document.getElementById("question");
document.getElementById("endpoint").textContent = endpoint;

const asked = new URLSearchParams(location.search).get("query");
if (asked) field.value = asked;

if (window.Yasgui) {
  plain.hidden = true;
  window.Yasgui.Yasqe.defaults.value = field.value;
  const editor = new window.Yasgui(document.getElementById("editor"), {
    requestConfig: { endpoint, method: "POST" },
    endpointCatalogueOptions: { getData: () => [{ endpoint }], keys: [], renderItem: () => {} },
    copyEndpointOnNewTab: true,
    persistenceId: "newskg",
    yasqe: { autocompleters: ["variables"], createShareableLink: null },
  });
  question.addEventListener("change", () => {
    if (question.value) editor.addTab(true, { yasqe: { value: question.value } });
  });
} else {
  question.addEventListener("change", () => {
    if (question.value) field.value = question.value;
  });
  plain.addEventListener("submit", (event) => {
    event.preventDefault();
    run(field.value);
  });
}

/** Ask, and show what comes back. */
async function run(query) {
  const status = document.getElementById("status");
  const place = document.getElementById("answer");
  status.textContent = "asking…";
  try {
    const response = await fetch(endpoint, {
      method: "POST",
      body: new URLSearchParams({ query }),
      headers: { Accept: "application/sparql-results+json, text/turtle;q=0.9" },
    });
    const tabular = (response.headers.get("content-type") || "").startsWith("application/sparql-results+json");
    if (response.ok && tabular) {
      const answer = await response.json();
      place.replaceChildren("boolean" in answer ? block(String(answer.boolean)) : table(answer));
      status.textContent = "boolean" in answer ? "" : `${answer.results.bindings.length} rows`;
    } else {
      place.replaceChildren(block(await response.text()));
      status.textContent = response.ok ? "" : `status ${response.status}`;
    }
  } catch (error) {
    place.replaceChildren(block(String(error)));
    status.textContent = "no answer";
  }
  place.hidden = false;
}

function block(text) {
  const found = document.createElement("pre");
  found.textContent = text;
  return found;
}

function table(answer) {
  const found = document.createElement("table");
  const head = found.createTHead().insertRow();
  for (const name of answer.head.vars) {
    const cell = document.createElement("th");
    cell.scope = "col";
    cell.textContent = name;
    head.append(cell);
  }
  const body = found.createTBody();
  for (const binding of answer.results.bindings) {
    const row = body.insertRow();
    for (const name of answer.head.vars) {
      const term = binding[name];
      row.insertCell().textContent = term ? (term.type === "triple" ? JSON.stringify(term.value) : term.value) : "";
    }
  }
  return found;
}
