/** Where a person looks further. Each begins with a known address, whatever the names in it are. */

/** The page of an agent, `url` being the controller's with a slash at its end. */
export const agentPage = (url: string, name: string) => `${url}computer/${encodeURIComponent(name)}/`;

/** The page of a job, by its path below the controller's address. */
export const jobPage = (url: string, path: string) => `${url}${path.replace(/^\/+/, "")}`;

/** The page of an instance in the console of its region's partition. */
export function instancePage(region: string, id: string): string {
    const of = encodeURIComponent(region);
    return `https://${host(of)}/ec2/home?region=${of}#InstanceDetails:instanceId=${encodeURIComponent(id)}`;
}

function host(region: string): string {
    if (region.startsWith("cn-")) return `${region}.console.amazonaws.cn`;
    return region.startsWith("us-gov-") ? "console.amazonaws-us-gov.com" : `${region}.console.aws.amazon.com`;
}
