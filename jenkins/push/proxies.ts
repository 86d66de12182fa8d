const variables = ["HTTPS_PROXY", "HTTP_PROXY", "https_proxy", "http_proxy"];

/** The environment's proxies: variable and URL, which may hold a password. */
export function environmentProxies(): [variable: string, url: string][] {
    return variables.flatMap((name): [string, string][] => {
        const url = process.env[name];
        return url ? [[name, url]] : [];
    });
}
