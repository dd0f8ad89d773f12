import { texts } from "../texts/define";

export const ABOUT = texts({
  sv: { view: "Vy", address: "Adress", release: "Utgåva", exported: "Hämtad", source: "Källa" },
  en: { view: "View", address: "Address", release: "Release", exported: "Exported", source: "Source" },
});

export const EXPORT = texts({
  sv: {
    tools: "Ta med",
    download: "Ladda ned",
    comma: "CSV, komma (för program)",
    semicolon: "CSV, semikolon (för Excel)",
    json: "JSON",
    rows: (count: string) => `${count} rader, som tabellen visar dem`,
    share: "Kopiera länk",
    shared: "Länken är kopierad: den visar just det här, i den här utgåvan.",
    notShared: "Webbläsaren lät inte länken kopieras; den står här:",
    graphql: "Som GraphQL",
    graphqlLead: "De frågor som vyn ställde, med sina variabler:",
    variables: "Variabler",
    open: "Öppna i GraphiQL",
    cypher: "Som Cypher",
    cypherLead: "Samma fråga till en Neo4j-databas som taxonomin har lästs in i:",
    copy: "Kopiera",
    copied: "Kopierat.",
    close: "Stäng",
  },
  en: {
    tools: "Take away",
    download: "Download",
    comma: "CSV, commas (for programs)",
    semicolon: "CSV, semicolons (for Excel)",
    json: "JSON",
    rows: (count: string) => `${count} rows, as the table shows them`,
    share: "Copy link",
    shared: "The link is copied: it shows just this, in this release.",
    notShared: "The browser did not let the link be copied; here it is:",
    graphql: "As GraphQL",
    graphqlLead: "The questions that this view asked, with their variables:",
    variables: "Variables",
    open: "Open in GraphiQL",
    cypher: "As Cypher",
    cypherLead: "The same question to a Neo4j database that holds the taxonomy:",
    copy: "Copy",
    copied: "Copied.",
    close: "Close",
  },
});
