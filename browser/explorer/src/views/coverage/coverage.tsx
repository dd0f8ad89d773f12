import type { JSX } from "preact";
import { CoverageOccupations } from "../../api/generated/CoverageOccupations";
import { useQuery } from "../../api/query";
import { useAppState, useParams } from "../../state/context";
import { grouped, useTexts } from "../../texts/define";
import { Checks, Findings } from "./findings";
import { GroupFilter } from "./group";
import { filterOf, KEPT, LIST_NAMES, type ListName } from "./lists";
import { Occupations } from "./occupations";
import { COVERAGE } from "./texts";

/** An editor's morning: what the release lacks, and what is doubtful in it. */
export default function CoverageView(): JSX.Element {
  const t = useTexts(COVERAGE);
  const [{ list, group, check }, change] = useParams(KEPT);
  return (
    <>
      <p class="lead">{t.lead}</p>
      <fieldset class="chips lists">
        <legend>{t.lists}</legend>
        {LIST_NAMES.map((one) => (
          <Choice key={one} list={one} group={group} checked={list === one} choose={() => change({ list: one })} />
        ))}
        <label class="chip">
          <input type="radio" name="list" checked={list === "findings"} onChange={() => change({ list: "findings", check: "" })} />
          {t.findings}
        </label>
      </fieldset>
      <p class="soft about">{t[`about_${list}`]}</p>
      {list !== "findings" && <GroupFilter />}
      {list !== "findings" ? <Occupations list={list} group={group} /> : check === "" ? <Checks /> : <Findings check={check} />}
    </>
  );
}

/** A list with how long it is. */
function Choice({ list, group, checked, choose }: { list: ListName; group: string; checked: boolean; choose: () => void }): JSX.Element {
  const t = useTexts(COVERAGE);
  const { language } = useAppState();
  const found = useQuery(CoverageOccupations, { filter: filterOf(list, group), first: 0 });
  const count = found.status === "ready" ? found.data.occupations?.totalCount : undefined;
  return (
    <label class="chip">
      <input type="radio" name="list" checked={checked} onChange={choose} />
      {t[list]} {count !== undefined && <span class="count">{grouped(count, language)}</span>}
    </label>
  );
}
