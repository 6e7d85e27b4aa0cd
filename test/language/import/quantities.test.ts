import { describe, expect, test } from 'vitest';
import { cpuOf, durationOf, repetitionOf, secondsOf, sizeOf } from '../../../language/import/quantities.js';

describe('quantities of Kubernetes in the words of the language', () => {
  test.each([
    ['64Mi', '64MiB'],
    ['1.5Gi', '1.5GiB'],
    ['500M', '500MB'],
    ['1024', '1024B'],
    ['0', undefined],
    ['1e3', undefined],
    ['many', undefined],
  ])('size %s', (written, expected) => expect(sizeOf(written)).toBe(expected));

  test.each([
    ['250m', '250m'],
    ['0.5', '0.5'],
    ['2', '2'],
    ['0', undefined],
    ['half', undefined],
  ])('cpu %s', (written, expected) => expect(cpuOf(written)).toBe(expected));

  test.each([
    [90, '90s'],
    [120, '2m'],
    [0.25, '250ms'],
    [1.5, '1500ms'],
    [7200, '2h'],
    [172_800, '2d'],
  ])('%d seconds', (seconds, expected) => expect(durationOf(seconds)).toBe(expected));

  test.each([
    ['720h0m0s', 2_592_000],
    ['1m30s', 90],
    ['250ms', 0.25],
    ['0.5s', 0.5],
    ['5', undefined],
    ['', undefined],
    ['1y', undefined],
  ])('duration %s', (written, expected) => expect(secondsOf(written)).toBe(expected));

  test.each([
    ['0 2 * * *', { every: 86_400, at: '02:00' }],
    ['30 23 * * 0', { every: 604_800, at: '23:30' }],
    ['*/5 * * * *', { every: 300 }],
    ['3-59/15 * * * *', { every: 900 }],
    ['0,30 * * * *', { every: 1800 }],
    ['15 */6 * * *', { every: 21_600, at: '00:15' }],
    ['15 2-23/6 * * *', { every: 21_600, at: '02:15' }],
    ['15 2,8,14,20 * * *', { every: 21_600, at: '02:15' }],
    ['7 * * * *', { every: 3600 }],
    ['* * * * *', { every: 60 }],
    ['0 0 3 * * *', { every: 86_400, at: '03:00' }],
    ['CRON_TZ=Asia/Shanghai 0 2 * * *', { every: 86_400, at: '02:00' }],
    ['@daily', { every: 86_400, at: '00:00' }],
    ['@every 6h', { every: 21_600 }],
    ['*/7 * * * *', undefined],
    ['0 9-17 * * *', undefined],
    ['0 2 1 * *', undefined],
    ['0 2 * * 1-5', undefined],
    ['61 2 * * *', undefined],
    ['@reboot', undefined],
    ['', undefined],
    ['every day', undefined],
  ])('schedule %s', (written, expected) => expect(repetitionOf(written)).toEqual(expected));
});
