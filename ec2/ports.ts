/** A TCP port of an agent that its controller connects to. */
export interface AgentPort {
    port: number;
    /** For the description of the rule. */
    protocol: string;
}

export const ssh: AgentPort = { port: 22, protocol: "SSH" };

/** How the plugin reaches the agents of a template. */
export type Connection = { kind: "ssh"; port?: number } | { kind: "winrm"; https: boolean };

/**
 * The ports that these connections need, each once, in order. WinRM needs SMB as well: the plugin copies `agent.jar` through
 * the administrative share and probes port 445 first (plugin `ec2`, `WinConnection`).
 */
export function agentPorts(connections: Connection[]): AgentPort[] {
    const ports = new Map(connections.flatMap(portsOf).map((port) => [port.port, port]));
    return [...ports.values()].sort((one, other) => one.port - other.port);
}

function portsOf(connection: Connection): AgentPort[] {
    if (connection.kind === "ssh") return [{ ...ssh, port: connection.port ?? ssh.port }];
    const winrm = connection.https ? { port: 5986, protocol: "WinRM over HTTPS" } : { port: 5985, protocol: "WinRM" };
    return [{ port: 445, protocol: "SMB" }, winrm];
}
