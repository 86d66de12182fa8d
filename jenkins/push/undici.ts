import type * as undici from "undici";
import agent from "undici/lib/dispatcher/agent.js";
import api from "undici/lib/api/index.js";
import dispatcher from "undici/lib/dispatcher/dispatcher.js";
import environmentProxy from "undici/lib/dispatcher/env-http-proxy-agent.js";
import proxy from "undici/lib/dispatcher/proxy-agent.js";

// The parts of undici that a push needs, put together as its index.js does (7.30.2). All of it, with a browser's fetch, web sockets,
// caches and mocks, takes about as long to load as everything else of a push that finds nothing to do.
Object.assign((dispatcher as typeof undici.Dispatcher).prototype, api);

export const Agent = agent as typeof undici.Agent;
export const ProxyAgent = proxy as typeof undici.ProxyAgent;
export const EnvHttpProxyAgent = environmentProxy as typeof undici.EnvHttpProxyAgent;
export type { Dispatcher } from "undici";
