import {
  booleanRule,
  findFault,
  isObject,
  methodRule,
  numberRule,
  type Rule,
  textRule,
  urlRule,
} from './body-rules.ts';
import { SOMETHING_WRONG } from './errors.ts';

const SECONDS = [
  'detectionTimeout',
  'silenceTimeout',
  'speechThreshold',
  'speechEndThreshold',
  'machineSpeechEndThreshold',
];
const CREDENTIALS = ['username', 'password', 'fallbackUsername', 'fallbackPassword'];

const RULES: readonly Rule[] = [
  ({ mode }) => (mode === undefined || mode === 'sync' || mode === 'async' ? undefined : SOMETHING_WRONG),
  ...SECONDS.map(numberRule),
  booleanRule('delayResult'),
  ...['callbackUrl', 'fallbackUrl'].flatMap((member) => [urlRule(member), textRule(member, 2048)]),
  ...['callbackMethod', 'fallbackMethod'].map(methodRule),
  ...CREDENTIALS.map((member) => textRule(member, 1024)),
];

/**
 * `machineDetection` of a create. Neither it nor its `mode` is nullable; the times have no documented bounds.
 * Source: Bandwidth spec, machineDetectionConfiguration.
 */
export const machineDetectionRule: Rule = ({ machineDetection }) => {
  if (machineDetection === undefined) return undefined;
  return isObject(machineDetection) ? findFault(RULES, machineDetection) : SOMETHING_WRONG;
};
