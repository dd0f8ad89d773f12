import { describe, expect, it } from "vitest";
import { createClient } from "../src/api/client";
import type { Operation } from "../src/api/operation";
import { Cache } from "../src/api/cache";

const HELLO: Operation<{ hello: string }, { to: string }> = { name: "Hello", text: "query Hello { hello }", personal: false };
const PERSONAL: typeof HELLO = { ...HELLO, name: "Mine", personal: true };

interface Sent {
  readonly url: URL;
  readonly method: string;
  readonly body: unknown;
}

/** A service that gives one answer, and what it was asked. */
function service(body: unknown, status = 200, release = "r1-a"): { fetch: typeof fetch; sent: Sent[] } {
  const sent: Sent[] = [];
  const answer: typeof fetch = async (url, how) => {
    how?.signal?.throwIfAborted();
    const text = how?.body;
    sent.push({
      url: new URL(String(url), "http://here"),
      method: how?.method ?? "GET",
      body: typeof text === "string" ? JSON.parse(text) : null,
    });
    return new Response(typeof body === "string" ? body : JSON.stringify(body), {
      status,
      headers: { "Taxonomy-Release": release },
    });
  };
  return { fetch: answer, sent };
}

const error = (code: string): unknown => ({ errors: [{ message: "why", extensions: { code } }] });

describe("asking", () => {
  it("gives the answer and the release that it is of", async () => {
    const { fetch, sent } = service({ data: { hello: "you" } });
    expect(await createClient(fetch).ask(HELLO, { to: "å" })).toEqual({ ok: true, data: { hello: "you" }, release: "r1-a" });
    expect(sent[0]?.url.searchParams.get("variables")).toBe('{"to":"å"}');
    expect(sent[0]?.url.searchParams.has("release")).toBe(false);
  });

  it("pins the release, and asks it once only", async () => {
    const { fetch, sent } = service({ data: { hello: "you" } });
    const client = createClient(fetch);
    for (const to of ["a", "a", "b"]) await client.ask(HELLO, { to }, { release: "r1-a" });
    expect(sent.map(({ url }) => url.searchParams.get("variables"))).toEqual(['{"to":"a"}', '{"to":"b"}']);
    expect(sent[0]?.url.searchParams.get("release")).toBe("r1-a");
    expect(client.known(HELLO, { to: "a" }, "r1-a")).toEqual({ hello: "you" });
    expect(client.known(HELLO, { to: "a" }, "r2-b")).toBeUndefined();
  });

  it("keeps a profile out of URLs and out of the cache", async () => {
    const { fetch, sent } = service({ data: { hello: "you" } });
    const client = createClient(fetch);
    for (const _ of [1, 2]) await client.ask(PERSONAL, { to: "me" }, { release: "r1-a" });
    expect(sent.map(({ method, url }) => `${method} ${url.search}`)).toEqual(["POST ?release=r1-a", "POST ?release=r1-a"]);
    expect(sent[0]?.body).toMatchObject({ variables: { to: "me" }, operationName: "Mine" });
  });

  it("posts what is too long for a URL", async () => {
    const { fetch, sent } = service({ data: { hello: "you" } });
    await createClient(fetch).ask(HELLO, { to: "x".repeat(7000) });
    expect(sent[0]?.method).toBe("POST");
  });
});

describe("a problem", () => {
  it.each([
    ["TIMEOUT", 503, "busy"],
    ["UNAVAILABLE", 503, "busy"],
    ["UNKNOWN_RELEASE", 404, "unknown-release"],
    ["TOO_COMPLEX", 422, "too-complex"],
    ["BAD_INPUT", 200, "refused"],
  ])("with the code %s is told from others", async (code, status, kind) => {
    const answer = await createClient(service(error(code), status).fetch).ask(HELLO, { to: "a" });
    expect(answer).toMatchObject({ ok: false, problem: { kind } });
  });

  it.each(["<html>proxy error</html>", "", "{}"])("of an answer like %j is that the service is not there", async (body) => {
    const answer = await createClient(service(body, 502).fetch).ask(HELLO, { to: "a" });
    expect(answer).toEqual({ ok: false, problem: { kind: "unreachable" } });
  });

  it("is not kept", async () => {
    const { fetch, sent } = service(error("UNAVAILABLE"), 503);
    const client = createClient(fetch);
    for (const _ of [1, 2]) await client.ask(HELLO, { to: "a" }, { release: "r1-a" });
    expect(sent).toHaveLength(2);
  });

  it("is none of a question that was cancelled: it rejects", async () => {
    const controller = new AbortController();
    controller.abort();
    const asked = createClient(service({ data: {} }).fetch).ask(HELLO, { to: "a" }, { signal: controller.signal });
    await expect(asked).rejects.toThrow();
  });
});

it("a cache forgets what was not used for longest", () => {
  const cache = new Cache<number>(2);
  cache.put("a", 1);
  cache.put("b", 2);
  cache.get("a");
  cache.put("c", 3);
  expect([cache.get("a"), cache.get("b"), cache.get("c")]).toEqual([1, undefined, 3]);
});
