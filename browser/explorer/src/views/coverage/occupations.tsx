import type { JSX } from "preact";
import { CoverageOccupations, type CoverageOccupationsData } from "../../api/generated/CoverageOccupations";
import { ConceptLink } from "../../concepts/concept-link";
import { question } from "../../export/tools";
import { useAppState, useParams } from "../../state/context";
import { Table, type Column } from "../../table/table";
import { useTexts } from "../../texts/define";
import { Empty, Loaded } from "../../ui/states";
import { useGroupName } from "./group";
import { cypherOf, filterOf, KEPT, type ListName } from "./lists";
import { usePages } from "./pages";
import { COVERAGE } from "./texts";

type Occupation = NonNullable<CoverageOccupationsData["occupations"]>["nodes"][number];

/** The occupations of a list, each one click from its card. */
export function Occupations({ list, group }: { list: ListName; group: string }): JSX.Element {
  const t = useTexts(COVERAGE);
  const { language } = useAppState();
  const [, change] = useParams(KEPT);
  const name = useGroupName();
  const columns = useColumns();
  const variables = { filter: filterOf(list, group), locale: language === "sv" ? "SV" : "EN" } as const;
  const found = usePages(CoverageOccupations, variables, (data) => data.occupations);
  return (
    <Loaded of={found}>
      {({ nodes, totalCount }) =>
        nodes.length === 0 ? (
          <Empty title={group === "" ? t.none : t.noneWithin}>
            {group === "" ? <p>{t.noneHint}</p> : <p><button type="button" class="button" onClick={() => change({ group: "" })}>{t.everywhere}</button></p>}
          </Empty>
        ) : (
          <Table
            title={t.title(t[list], name)}
            columns={columns}
            rows={nodes}
            concept={(occupation) => occupation}
            total={totalCount}
            questions={[question(CoverageOccupations, variables)]}
            cypher={cypherOf(list, group)}
          />
        )
      }
    </Loaded>
  );
}

function useColumns(): readonly Column<Occupation>[] {
  const t = useTexts(COVERAGE);
  return [
    { key: "label", title: t.occupation, value: ({ label }) => label, cell: (occupation) => <ConceptLink of={occupation} /> },
    { key: "ssyk", title: t.ssyk, value: ({ group }) => group?.code ?? "", width: "5rem" },
    { key: "ssykLabel", title: t.ssykLabel, value: ({ group }) => group?.label ?? "", cell: ({ group }) => group && <ConceptLink of={group} showCode={false} />, width: "16rem", wideOnly: true },
    { key: "field", title: t.field, value: ({ occupationFields }) => occupationFields.map(({ label }) => label).join("; "), width: "13rem", wideOnly: true },
    { key: "mappings", title: t.mappingCount, value: ({ mappings }) => mappings.totalCount, width: "9.5rem", number: true },
    { key: "exact", title: t.exactCount, value: ({ exact }) => exact.totalCount, width: "5.5rem", number: true, wideOnly: true },
    { key: "skills", title: t.skillCount, value: ({ skills }) => skills.totalCount, width: "8rem", number: true, wideOnly: true },
    { key: "id", title: t.id, value: ({ id }) => id, fileOnly: true },
  ];
}
