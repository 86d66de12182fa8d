import { z } from "zod";

/** A price table: what an instance of a type costs an hour, and its source. */
export const priceTable = z.strictObject({
    /** Where the prices are from, region and operating system included. */
    source: z.string().min(1),
    /** When they were taken, as YYYY-MM-DD. */
    date: z.iso.date(),
    currency: z.string().regex(/^[A-Z]{3}$/),
    /** By instance type. */
    perHour: z.record(z.string(), z.number().positive()),
});

export type PriceTable = z.output<typeof priceTable>;
