import { type AstNode, AstUtils } from 'langium';
import {
  isClassObjective,
  isComponent,
  isCost,
  isEdge,
  isExpect,
  isFact,
  isJourney,
  isLoad,
  isObjective,
  isQuota,
  isRegion,
  isRetries,
  isScenario,
} from '../../language/generated/ast.js';
import { disruptionClasses } from '../../language/model/model.js';

/** The figures that a statement is about, as `--explain` names them: what a hover on the statement shows below the words. */
export function figurePathsAt(node: AstNode): readonly string[] {
  const scenario = AstUtils.getContainerOfType(node, isScenario);
  if (scenario !== undefined) return AstUtils.getContainerOfType(node, isExpect) === undefined ? [] : [scenario.name];
  const region = AstUtils.getContainerOfType(node, isRegion);
  if (region !== undefined) return isQuota(node) ? [`${region.name}.capacity`] : [];
  const owner = AstUtils.getContainerOfType(node, isComponent) ?? AstUtils.getContainerOfType(node, isJourney);
  if (owner === undefined) return [];
  const objective = AstUtils.getContainerOfType(node, isObjective);
  return (objective === undefined ? figuresOfStatement(node) : figuresOfPromise(node)).map((figure) => `${owner.name}.${figure}`);
}

function figuresOfPromise(node: AstNode): readonly string[] {
  const around = AstUtils.getContainerOfType(node, isClassObjective);
  const disruption = disruptionClasses.find((name) => name === around?.disruption);
  if (disruption === undefined) return isFact(node) && node.key === 'availability' ? ['availability'] : [];
  const promises = isFact(node) ? [node.key] : ['rto', 'rpo'];
  return promises.map((promise) => `${disruption}.${promise}`);
}

function figuresOfStatement(node: AstNode): readonly string[] {
  if (isLoad(node) || (isFact(node) && node.key === 'capacity')) return ['capacity'];
  if (isCost(node)) return [node.key === 'cost' ? 'cost' : 'downtime'];
  // A timeout or the retries of a call; the other options of an edge say nothing of waiting.
  const isWaiting = isRetries(node) || (isFact(node) && node.key === 'timeout');
  return isWaiting && AstUtils.getContainerOfType(node, isEdge) !== undefined ? ['calls'] : [];
}
