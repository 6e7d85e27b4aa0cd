import type { Component } from '../model/model.js';

/**
 * The array that a store keeps its data on where its disks hold the data more than once: `raid10`, `erasure 4+2`. Undefined for lone disks,
 * and for raid0, which holds everything once. An array survives a disk and repeats a deletion, so that it is no backup.
 */
export function redundantDisks({ data }: Component): string | undefined {
  const storage = data.storage?.value;
  return storage !== undefined && /^(raid(1|5|6|10)$|erasure )/.test(storage) ? storage : undefined;
}
