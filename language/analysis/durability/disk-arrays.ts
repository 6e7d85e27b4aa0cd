/** Arrays of disks: how many disks a group has, how many of them it can lose, and how long it keeps its data. */
import { meanTimeToLoss } from './absorbing-chain.js';

/** A disk: mean time between its failures and until a new one is filled, in seconds. */
export interface Disk {
  readonly mtbf: number;
  readonly mttr: number;
}

/** Alike groups of disks; data is lost when any group is. */
export interface DiskArray {
  readonly groups: number;
  readonly disksPerGroup: number;
  readonly tolerated: number;
}

/** What an array is made of, or what must be stated to know. Undefined for storage that is no array. */
export function arrayOf(storage: string, disks: number | undefined): DiskArray | { readonly missing: string } | undefined {
  const code = /^erasure (\d+)\+(\d+)$/.exec(storage);
  if (code !== null) {
    const parity = Number(code[2]);
    const width = Number(code[1]) + parity;
    if (disks !== undefined && disks % width !== 0) return { missing: `disks as a multiple of ${width}` };
    return { groups: disks === undefined ? 1 : disks / width, disksPerGroup: width, tolerated: parity };
  }
  // Each disk of a zone is by itself: the first that is lost takes data with it.
  if (storage === 'zonal') return { groups: disks ?? 1, disksPerGroup: 1, tolerated: 0 };
  if (!/^raid(0|1|5|6|10)$/.test(storage)) return undefined;
  if (disks === undefined) return { missing: 'disks' };
  switch (storage) {
    case 'raid0':
      return { groups: 1, disksPerGroup: disks, tolerated: 0 };
    case 'raid1':
      return { groups: 1, disksPerGroup: disks, tolerated: disks - 1 };
    case 'raid5':
      return { groups: 1, disksPerGroup: disks, tolerated: 1 };
    case 'raid6':
      return { groups: 1, disksPerGroup: disks, tolerated: 2 };
    default:
      return disks % 2 === 0 ? { groups: disks / 2, disksPerGroup: 2, tolerated: 1 } : { missing: 'disks as an even number' };
  }
}

/**
 * Mean time to data loss of an array, in seconds: that of one group over the number of groups. Each failed disk is rebuilt by itself;
 * with one rebuild at a time RAID 6 loses data twice as often.
 */
export function arrayMeanTimeToLoss(array: DiskArray, disk: Disk, rebuilds = array.disksPerGroup): number {
  const group = meanTimeToLoss({
    units: array.disksPerGroup,
    tolerated: array.tolerated,
    failureRate: 1 / disk.mtbf,
    repairRate: 1 / disk.mttr,
    crews: rebuilds,
  });
  return group / array.groups;
}
