import type { JSX } from "preact";
import { createContext } from "preact";
import { useContext } from "preact/hooks";
import { ConceptCard } from "../api/generated/ConceptCard";
import { GraphiqlLink, question, usePinned } from "../export/tools";
import { useRelease } from "../release/context";
import { useAppState } from "../state/context";
import { toView } from "../state/state";
import { useTexts } from "../texts/define";
import { StateLink } from "../ui/link";
import { VIEWS } from "../views/registry";
import type { Concept } from "./card";
import { CARD } from "./texts";

/** Where an error in a concept can be reported: `mailto:` or a page; "" for nowhere. */
export const ContactContext = createContext("");

/** Where the same concept is to be had in other forms, and whom to tell of an error in it. */
export function Onwards({ of }: { of: Concept }): JSX.Element {
  const t = useTexts(CARD);
  const { language, view } = useAppState();
  const path = `/concept/${of.id}`;
  const asked = question(ConceptCard, { id: of.id, locale: language === "sv" ? "SV" : "EN" });
  return (
    <section>
      <h3>{t.elsewhere}</h3>
      <ul class="inline">
        {VIEWS.map(({ id, title, about }) => about !== undefined && id !== view && (
          <li key={id}><StateLink to={(state) => toView(state, id, about(of.id))}>{title[language]}</StateLink></li>
        ))}
        <li><a href={`${path}?lang=${language}`}>{t.page}</a></li>
        <li><a href={`${path}.ttl`}>{t.turtle}</a></li>
        <li><GraphiqlLink {...asked}>{t.graphql}</GraphiqlLink></li>
      </ul>
      <dl class="facts">
        <div>
          <dt>{t.uri}</dt>
          <dd><code class="uri">{of.uri}</code></dd>
        </div>
      </dl>
      <Report of={of} />
    </section>
  );
}

function Report({ of }: { of: Concept }): JSX.Element | null {
  const t = useTexts(CARD);
  const contact = useContext(ContactContext);
  const { id: release } = useRelease();
  const address = usePinned();
  if (contact === "") return null;
  const subject = encodeURIComponent(t.reportSubject(of.label, of.id));
  const body = encodeURIComponent(t.reportBody(of.uri, release, address()));
  const href = contact.startsWith("mailto:") ? `${contact}?subject=${subject}&body=${body}` : contact;
  return <p><a href={href}>{t.report}</a></p>;
}
