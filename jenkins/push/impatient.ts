import type { PushRequest } from "./request";

/** For a look, which is no push: a controller that is down or starting is not waited for. */
export function impatient<Request extends Pick<PushRequest, "controller">>(request: Request): Request {
    const { timeouts } = request.controller;
    const totalSeconds = Math.min(timeouts.totalSeconds, 20);
    const connectSeconds = Math.min(timeouts.connectSeconds, 5);
    return {
        ...request,
        controller: { ...request.controller, timeouts: { ...timeouts, totalSeconds, connectSeconds } },
    };
}
