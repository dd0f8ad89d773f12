"""The words of the pages, in Swedish and English."""

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Texts:
    """All words of the pages in one language."""

    language: str
    title: str
    lead: str
    links: str
    explorer: str
    explorer_loading: str
    explorer_not_built: str
    explorer_needs_script: str
    linked_data: str
    health: str
    release: str
    sources: str
    source: str
    version: str
    licence: str
    attribution: str
    concepts: str
    relations: str
    findings: str
    kind: str
    check: str
    meaning: str
    count: str
    graphiql: str
    loading: str
    not_built: str


TEXTS: Final = {
    "sv": Texts(
        language="sv",
        title="occupation-graph: yrken och kompetenser som graf",
        lead="Arbetsmarknadens taxonomi: yrken enligt SSYK 2012, jobbtitlar, kompetenser och utbildning.",
        links="Länkar",
        explorer="Grafbläddraren",
        explorer_loading="Grafbläddraren öppnas …",
        explorer_not_built="Grafbläddraren är inte byggd här. Med Node.js och npm byggs den så:",
        explorer_needs_script="Grafbläddraren behöver JavaScript. Utan det finns varje begrepp som en sida:",
        linked_data="Datamängden som länkade data",
        health="Driftläge",
        release="Utgåva",
        sources="Källor",
        source="Källa",
        version="Version",
        licence="Licens",
        attribution="Ange vid användning",
        concepts="Begrepp",
        relations="Relationer",
        findings="Anmärkningar på data",
        kind="Slag",
        check="Kontroll",
        meaning="Vad (på engelska)",
        count="Antal",
        graphiql="GraphiQL: fråga taxonomin",
        loading="GraphiQL öppnas …",
        not_built="GraphiQL är inte byggt här. Med Node.js och npm byggs det så:",
    ),
    "en": Texts(
        language="en",
        title="occupation-graph: occupations and skills as a graph",
        lead="The taxonomy of the labour market: occupations of SSYK 2012, job titles, skills, education.",
        links="Links",
        explorer="Graph browser",
        explorer_loading="Opening the graph browser …",
        explorer_not_built="The graph browser has not been built here. With Node.js and npm, this builds it:",
        explorer_needs_script="The graph browser needs JavaScript. Without it, every concept has a page:",
        linked_data="The data set as linked data",
        health="Health",
        release="Release",
        sources="Sources",
        source="Source",
        version="Version",
        licence="Licence",
        attribution="What to say when using it",
        concepts="Concepts",
        relations="Relations",
        findings="Findings on the data",
        kind="Kind",
        check="Check",
        meaning="What",
        count="Count",
        graphiql="GraphiQL: ask the taxonomy",
        loading="Opening GraphiQL …",
        not_built="GraphiQL has not been built here. With Node.js and npm, this builds it:",
    ),
}


@dataclass(frozen=True, slots=True)
class DocumentTexts:
    """The words of the documents about concepts, classifications and releases in one language."""

    language: str
    other_language: str
    other_language_name: str
    home: str
    skip: str
    site: str
    deprecated: str
    replaced_by: str
    no_replacement: str
    replaces: str
    definition: str
    hierarchy: str
    skills: str
    occupations: str
    skill: str
    occupation: str
    about: str
    requirement: str
    silent: str
    flows_lead: str
    no_licence: str
    need: str
    why: str
    strength: str
    via: str
    place: str
    more_reasons: str
    legend: str
    all_of: str
    not_shown: str
    stands_for: str
    mappings: str
    is_to_this: str
    says: str
    substitutes: str
    substitutes_lead: str
    can_do: str
    can_be_done_by: str
    names: str
    facts: str
    identifier: str
    kind: str
    scheme: str
    codes: str
    sources: str
    formats: str
    formats_lead: str
    graphql: str
    explorer: str
    in_explorer: str
    release: str
    releases: str
    published: str
    statements: str
    concepts: str
    classifications: str
    levels: str
    level: str
    top: str
    downloads: str
    downloads_lead: str
    catalogue: str
    catalogue_lead: str
    current: str
    count: str
    licence: str
    attribution: str
    version: str
    adapted: str
    not_found: str
    not_found_lead: str
    meant: str
    search: str
    machine: str
    vocabulary: str
    shapes: str
    context: str


DOCUMENT_TEXTS: Final = {
    "sv": DocumentTexts(
        language="sv",
        other_language="en",
        other_language_name="In English",
        home="Till startsidan",
        skip="Till innehållet",
        site="occupation-graph",
        deprecated="Begreppet används inte längre.",
        replaced_by="Det ersätts av",
        no_replacement="Utgivaren har inte sagt vad som ersätter det.",
        replaces="Ersätter",
        definition="Definition",
        hierarchy="Plats i hierarkierna",
        skills="Kompetenser",
        occupations="Yrken med kompetensen",
        skill="Kompetens",
        occupation="Yrke",
        about="Gäller",
        requirement="Utbildningskrav",
        silent="Källorna säger inget om",
        flows_lead="Listan säger varken hur många eller åt vilket håll.",
        no_licence="licensen anges inte",
        need="Behov",
        why="Vem säger det",
        strength="Styrka",
        via="via",
        place="plats",
        more_reasons="till",
        legend="Vad betyder ursprunget?",
        all_of="Visa de övriga",
        not_shown="finns bara i data",
        stands_for="Bland yrkenas kompetenser räknas den som",
        mappings="I andra klassifikationer",
        is_to_this="är det",
        says="Enligt",
        substitutes="Närliggande yrken",
        substitutes_lead="Hur väl en arbetsgivare är betjänt av någon från ett annat yrke. Det betyder inte"
        " att yrkena är desamma.",
        can_do="Den som haft det här yrket kan arbeta som",
        can_be_done_by="Det här yrket kan utföras av den som varit",
        names="Andra namn",
        facts="Fakta",
        identifier="Utgivarens identifierare",
        kind="Slag",
        scheme="Klassifikation",
        codes="Koder",
        sources="Källor och villkor",
        formats="Som data",
        formats_lead="Samma uppgifter för program:",
        graphql="Fråga vidare i GraphQL",
        explorer="Grafbläddraren",
        in_explorer="Visa i grafbläddraren",
        release="Utgåva",
        releases="Utgåvor",
        published="Publicerad",
        statements="Utsagor",
        concepts="Begrepp",
        classifications="Klassifikationer",
        levels="Nivåer",
        level="Nivå",
        top="Överst",
        downloads="Ladda ned",
        downloads_lead="Hela utgåvan i en fil; med .gz eller .zst efter namnet komprimerad.",
        catalogue="Datamängden",
        catalogue_lead="Yrken, kompetenser och deras klassifikationer som länkade data: SSYK 2012, JobTech"
        " Taxonomy, ISCO-08, SUN, SNI och ESCO.",
        current="gällande",
        count="Antal",
        licence="Licens",
        attribution="Ange vid användning",
        version="Version",
        adapted="Uppgifterna är bearbetade: de har förts samman med andra, och härledda utsagor är märkta.",
        not_found="Det begreppet finns inte",
        not_found_lead="Det finns inget begrepp med den här identifieraren i utgåvan:",
        meant="Kanske menades något av dessa",
        search="Sök i GraphQL",
        machine="För program",
        vocabulary="Vårt ordförråd",
        shapes="SHACL-former",
        context="JSON-LD-kontext",
    ),
    "en": DocumentTexts(
        language="en",
        other_language="sv",
        other_language_name="På svenska",
        home="Start page",
        skip="To the content",
        site="occupation-graph",
        deprecated="This concept is no longer in use.",
        replaced_by="It is replaced by",
        no_replacement="Its publisher has not said what replaces it.",
        replaces="Replaces",
        definition="Definition",
        hierarchy="Place in the hierarchies",
        skills="Skills",
        occupations="Occupations with the skill",
        skill="Skill",
        occupation="Occupation",
        about="Of",
        requirement="Education requirement",
        silent="The sources say nothing of",
        flows_lead="The list says neither how many nor which way.",
        no_licence="the licence is not stated",
        need="Need",
        why="Who says so",
        strength="Strength",
        via="via",
        place="place",
        more_reasons="more",
        legend="What does the origin mean?",
        all_of="Show the other",
        not_shown="are in the data only",
        stands_for="Among the skills of occupations it counts as",
        mappings="In other classifications",
        is_to_this="It",
        says="According to",
        substitutes="Neighbouring occupations",
        substitutes_lead="How well an employer is served by somebody from another occupation. It does not"
        " mean that they are the same.",
        can_do="Who has worked in this occupation can work as",
        can_be_done_by="This occupation can be done by who has been",
        names="Other names",
        facts="Facts",
        identifier="The publisher's identifier",
        kind="Kind",
        scheme="Classification",
        codes="Codes",
        sources="Sources and terms",
        formats="As data",
        formats_lead="The same for programs:",
        graphql="Ask on in GraphQL",
        explorer="Graph browser",
        in_explorer="Show in the graph browser",
        release="Release",
        releases="Releases",
        published="Published",
        statements="Statements",
        concepts="Concepts",
        classifications="Classifications",
        levels="Levels",
        level="Level",
        top="At the top",
        downloads="Download",
        downloads_lead="The whole release in one file; with .gz or .zst after the name, compressed.",
        catalogue="The data set",
        catalogue_lead="Occupations, skills and their classifications as linked data: SSYK 2012, JobTech"
        " Taxonomy, ISCO-08, SUN, SNI and ESCO.",
        current="current",
        count="Count",
        licence="Licence",
        attribution="What to say when using it",
        version="Version",
        adapted="The data are adapted: joined with others, and what is derived says so.",
        not_found="There is no such concept",
        not_found_lead="No concept of the release has this identifier:",
        meant="Maybe one of these was meant",
        search="Search in GraphQL",
        machine="For programs",
        vocabulary="Our vocabulary",
        shapes="SHACL shapes",
        context="JSON-LD context",
    ),
}
