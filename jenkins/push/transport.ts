/** A request as it goes over the wire. */
export interface Sent {
    url: URL;
    method: "GET" | "POST";
    headers: Record<string, string>;
    body?: string;
    /** Ends it, with its reason as the error. */
    signal: AbortSignal;
    /** Bytes of the answer. */
    largest: number;
}

/** An answer of the controller, whatever its status. */
export interface Answer {
    status: number;
    headers: Record<string, string | string[] | undefined>;
    text: string;
}

/** Connections to one controller, kept between requests. Follows no redirects. */
export interface Transport {
    /** @throws errors of the connection, which failures.ts reads; {@link TooLarge} */
    send(request: Sent): Promise<Answer>;
    close(): void;
}
