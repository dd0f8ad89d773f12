import type { JSX } from "preact";
import { useApi } from "../../api/query";
import { useAppState, useParams } from "../../state/context";
import { useTexts } from "../../texts/define";
import { KEPT } from "./kept";
import { GRAPHIQL } from "./texts";

/** GraphiQL, as a page within the page: it has a library, styles and a policy of its own. It asks the release that is shown. */
export default function GraphiqlView(): JSX.Element {
  const t = useTexts(GRAPHIQL);
  const { language } = useAppState();
  const { release } = useApi();
  const [{ query, variables }] = useParams(KEPT);
  const asked = query === "" ? {} : { query, variables };
  const address = `/graphql?${new URLSearchParams({ lang: language, release, ...asked })}`;
  return (
    <>
      <p class="soft graphiql-lead">{t.lead} <a href={address}>{t.alone}</a></p>
      <iframe key={address} class="graphiql-frame" title={t.title} src={address} />
    </>
  );
}
