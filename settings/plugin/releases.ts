/** A release of the `ec2` plugin. */
export interface Release {
    version: string;
    /** Day of its tag. */
    date: string;
}

/** Every release from the oldest that this program works with to the newest that the table of faults knows, by the plugin's tags. */
export const releases: readonly Release[] = [
    { version: "2.0.7", date: "2023-04-03" },
    { version: "1601.v09101155c9a_3", date: "2023-08-31" },
    { version: "1609.v53b_02a_b_9e52d", date: "2023-09-03" },
    { version: "1628.v6d7b_fc58b_a_1d", date: "2023-09-16" },
    { version: "1648.vf3d852e00486", date: "2023-11-12" },
    { version: "1688.v8c07e01d657f", date: "2024-05-20" },
    { version: "1715.vb_9e9e841ca_94", date: "2024-10-08" },
    { version: "1723.v132eb_a_549b_21", date: "2024-11-04" },
    { version: "1746.vff2f5a_25b_61a_", date: "2024-11-11" },
    { version: "1751.v47818f82a_83d", date: "2024-11-14" },
    { version: "1760.vcc93a_2ec6efe", date: "2024-11-28" },
    { version: "1764.v71db_efb_46a_fe", date: "2024-12-09" },
    { version: "1790.ve2a_e5e0b_d90d", date: "2024-12-16" },
    { version: "1795.v4b_7fcc52595d", date: "2024-12-27" },
    { version: "1797.ve8a_edb_7e5f6a_", date: "2025-01-07" },
    { version: "1800.v3b_c68a_3f75f5", date: "2025-01-08" },
    { version: "1801.v526399543dca_", date: "2025-01-10" },
    { version: "1822.v87175d209b_b_5", date: "2025-01-22" },
    { version: "1823.v828850f7f155", date: "2025-01-30" },
    { version: "1856.vf40220e7a_75f", date: "2025-01-31" },
    { version: "1864.v6fc4480cb_8fb_", date: "2025-02-14" },
    { version: "1869.v73998b_605c4d", date: "2025-03-03" },
    { version: "1872.v8757931fec80", date: "2025-03-07" },
    { version: "1873.vf0b_f234b_e2f3", date: "2025-03-09" },
    { version: "1881.vc14132ea_f042", date: "2025-03-18" },
    { version: "1885.v730b_5c25b_da_e", date: "2025-03-28" },
    { version: "1887.ve06a_75dcb_31f", date: "2025-03-30" },
    { version: "1891.v03c1282cf236", date: "2025-04-09" },
    { version: "1896.v38a_e0ea_95220", date: "2025-04-15" },
    { version: "1898.v0298f2e64857", date: "2025-04-16" },
    { version: "1901.va_4a_a_4d4f699c", date: "2025-04-20" },
    { version: "1911.vccb_5a_56f62e6", date: "2025-04-27" },
    { version: "1917.v6f3dd5711d3b_", date: "2025-06-03" },
    { version: "1935.v9b_77210472b_1", date: "2025-06-11" },
    { version: "1945.vec801d7e4139", date: "2025-07-02" },
    { version: "1948.v72ee2dd75cf0", date: "2025-07-06" },
    { version: "1949.vf7e0fa_c3b_5b_c", date: "2025-07-10" },
    { version: "1950.v4a_a_04b_84b_c74", date: "2025-07-22" },
    { version: "1982.vd5c4f4008e4c", date: "2025-07-25" },
    { version: "1985.v20a_803fd248b_", date: "2025-07-30" },
    { version: "1994.v250f0efb_336a_", date: "2025-08-02" },
    { version: "2007.v9053121e9e07", date: "2025-08-12" },
    { version: "2012.v94a_4ed1543b_4", date: "2025-08-12" },
    { version: "2014.v1407740474a_1", date: "2025-08-22" },
    { version: "2018.vc13c882e22db_", date: "2025-08-26" },
    { version: "2029.v50458f410ef9", date: "2025-09-08" },
    { version: "2032.v92a_4b_e703974", date: "2025-09-16" },
    { version: "2034.v0a_11fb_792b_ee", date: "2025-09-17" },
    { version: "2036.vb_105a_db_e4a_ea_", date: "2025-10-10" },
    { version: "2039.v829e6272107c", date: "2025-10-11" },
    { version: "2041.v9f7d8a_f4b_a_e9", date: "2025-10-15" },
    { version: "2043.v483cc2854116", date: "2025-10-30" },
    { version: "2045.v06da_da_a_46422", date: "2025-12-17" },
    { version: "2048.ve419b_c6563b_c", date: "2026-04-04" },
    { version: "2049.v127f0f109c29", date: "2026-04-06" },
    { version: "2051.v200f12366595", date: "2026-05-13" },
    { version: "2052.v05176793cf62", date: "2026-05-14" },
    { version: "2053.v86eb_364849fc", date: "2026-06-09" },
    { version: "2056.vca_ed3b_0a_f95f", date: "2026-07-14" },
    { version: "2059.v05f9d511d7e5", date: "2026-07-20" },
    { version: "2063.ve202101143b_6", date: "2026-09-14" },
];

/** The newest release that the table of faults knows. */
export const newestRelease = releases.at(-1)!;

/** The part of a version that gives its order: 2059 of `2059.v05f9d511d7e5`, 2 of `2.0.7`. */
export function leadingNumber(version: string): number {
    return Number.parseInt(version, 10);
}

/** The first release after a leading number; undefined where none is known. */
export function releaseAfter(number: number): Release | undefined {
    return releases.find(({ version }) => leadingNumber(version) > number);
}
