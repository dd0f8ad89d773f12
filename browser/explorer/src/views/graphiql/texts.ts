import { texts } from "../../texts/define";

export const GRAPHIQL = texts({
  sv: {
    title: "GraphiQL",
    lead: "Fråga själv: Ctrl+Enter ställer frågan. Bakåt leder tillbaka till vyn som den kom ifrån.",
    alone: "Öppna på en egen sida",
  },
  en: {
    title: "GraphiQL",
    lead: "Ask for yourself: Ctrl+Enter runs the question. Back leads to the view that it came from.",
    alone: "Open on a page of its own",
  },
});
