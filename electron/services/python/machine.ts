/** What decides which builds of packages fit: the system, its processor, and NVIDIA's driver. */
export interface Machine {
  platform: string;
  arch: string;
  /** The version of NVIDIA's driver, null for none; found on this machine unless told. */
  nvidiaDriver?: string | null;
}
