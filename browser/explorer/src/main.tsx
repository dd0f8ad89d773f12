import { render } from "preact";
import { createClient } from "./api/client";
import { ContactContext } from "./card/onwards";
import { App } from "./shell/app";
import { StoreContext } from "./state/context";
import { LANGUAGES } from "./state/state";
import { createStore } from "./state/store";
import { Announcer } from "./ui/announce";
import { VIEWS } from "./views/registry";
import { VocabularyContext, type Vocabulary } from "./words/words";
import "./style.css";

/** What the server says with the page. */
interface Given {
  readonly contact: string;
  readonly words: Vocabulary;
}

const root = document.getElementById("explorer");
const given = document.getElementById("explorer-data")?.textContent;
if (root && given) {
  const { contact, words } = JSON.parse(given) as Given;
  const language = LANGUAGES.find((one) => one === document.documentElement.lang) ?? "sv";
  const store = createStore(window, { views: VIEWS.map(({ id }) => id), language });
  root.textContent = "";
  render(
    <StoreContext.Provider value={store}>
      <VocabularyContext.Provider value={words}>
        <ContactContext.Provider value={contact}>
          <Announcer>
            <App client={createClient(fetch.bind(window))} />
          </Announcer>
        </ContactContext.Provider>
      </VocabularyContext.Provider>
    </StoreContext.Provider>,
    root,
  );
}
