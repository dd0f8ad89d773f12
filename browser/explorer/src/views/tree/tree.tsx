import type { JSX } from "preact";
import { useEffect, useMemo, useRef } from "preact/hooks";
import { TreeBranch } from "../../api/generated/TreeBranch";
import { TreePath } from "../../api/generated/TreePath";
import { TreeRoots } from "../../api/generated/TreeRoots";
import { picked, useQuery } from "../../api/query";
import { question, Tools } from "../../export/tools";
import { useAppState, useParams } from "../../state/context";
import { ids, oneOf, params } from "../../state/params";
import { useTexts } from "../../texts/define";
import { Empty, Failed, Loaded } from "../../ui/states";
import { useWords } from "../../words/words";
import { useBranches } from "./branches";
import { treeCypher } from "./cypher";
import { Items } from "./items";
import { TREE } from "./texts";
import { inSight, ordered, roots, treeOf, TREE_NAMES, TREES, type Item, type Node, type TreeName } from "./trees";

const KEPT = params<{ tree: TreeName; open: readonly string[] }>({ tree: oneOf(TREE_NAMES, "ssyk"), open: ids() });

/** The classifications from the top down; it opens at the concept whose card is open. */
export default function TreeView(): JSX.Element {
  const t = useTexts(TREE);
  const { language } = useAppState();
  const [{ tree }, change] = useParams(KEPT);
  const locale = language === "sv" ? "SV" : "EN";
  const found = picked(useQuery(TreeRoots, { kinds: TREES[tree], locale }), (data) => data.concepts);
  const elsewhere = useOpening();
  return (
    <>
      <div class="filters">
        <fieldset class="chips">
          <legend>{t.which}</legend>
          {TREE_NAMES.map((name) => (
            <label key={name} class="chip">
              <input type="radio" name="tree" checked={name === tree} onChange={() => change({ tree: name, open: [] })} />
              {t[name]}
            </label>
          ))}
        </fieldset>
      </div>
      {elsewhere && <p class="soft">{t.elsewhere}</p>}
      <Loaded of={found}>{({ nodes }) => <Tree roots={ordered(roots(nodes), language)} />}</Loaded>
    </>
  );
}

/** Opens the tree at the concept whose card is opened: in the tree that is shown, or in the first that has it. Whether none has. */
function useOpening(): boolean {
  const { concept } = useAppState();
  const [{ tree, open }, change] = useParams(KEPT);
  const path = useQuery(TreePath, concept === null ? null : { id: concept });
  const done = useRef<string | null>(null);
  const above = path.status === "ready" ? path.data.concept : null;
  const found = above === null ? null : treeOf(above, above.ancestors, tree);
  useEffect(() => {
    if (above === null || found === null || done.current === above.id) return;
    done.current = above.id;
    const kept = found.tree === tree ? open : [];
    change({ tree: found.tree, open: [...new Set([...kept, ...found.way])] }, { replace: true });
  }, [above]);
  return above !== null && found === null;
}

function Tree({ roots: top }: { roots: readonly Node[] }): JSX.Element {
  const t = useTexts(TREE);
  const words = useWords();
  const { language } = useAppState();
  const [{ tree, open }, change] = useParams(KEPT);
  const locale = language === "sv" ? "SV" : "EN";
  const { below, problem, again } = useBranches(open);
  const items = inSight(top, useMemo(() => new Set(open), [open]), below);
  const toggle = ({ node, expanded }: Item): void =>
    change({ open: expanded ? open.filter((id) => id !== node.id) : [...open, node.id] }, { replace: true });
  if (top.length === 0) return <Empty title={t.empty} />;
  const cells = {
    columns: [
      { key: "level", title: t.level }, { key: "code", title: t.code }, { key: "label", title: t.name },
      { key: "kind", title: t.kind }, { key: "id", title: t.id },
    ],
    rows: items.map(({ node, level }) => [level, node.code, node.label, words.kind(node.kind), node.id]),
  };
  const questions = [question(TreeRoots, { kinds: TREES[tree], locale }), ...(open[0] ? [question(TreeBranch, { id: open[0], locale })] : [])];
  return (
    <>
      <div class="table-tools">
        <p class="table-count">{t.keys}</p>
        <Tools title={t.title(t[tree])} cells={cells} questions={questions} cypher={treeCypher(top.map(({ id }) => id))} />
      </div>
      {problem !== null && <Failed problem={problem} again={again} />}
      <Items label={t[tree]} items={items} toggle={toggle} />
    </>
  );
}
