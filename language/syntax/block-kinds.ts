import type { Place } from './keys.js';

/** The kind of block that a node of a type opens. Components are told apart by their kind, and the file is no block of a type. */
export const placeOfType: Readonly<Record<string, Place | undefined>> = {
  ModelBlock: 'model',
  Region: 'region',
  Zone: 'zone',
  Link: 'link',
  Journey: 'journey',
  Policy: 'policy',
  Defaults: 'defaults',
  Together: 'together',
  Failover: 'failover',
  Objective: 'objective',
  ClassObjective: 'class',
  Backup: 'backup',
  Edge: 'edge',
  Rollout: 'rollout',
  Scenario: 'scenario',
  Drill: 'drill',
};
