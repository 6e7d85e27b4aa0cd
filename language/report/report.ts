/** The disaster recovery report of a model: the paper that whoever answers for a risk reads and signs. Pure: same input, same document. */

import { acceptancesOf, isExpired } from '../rules/acceptance.js';
import type { Document } from './document.js';
import { promisesOf } from './promises.js';
import type { ReportInput } from './report-input.js';
import { acceptedRisks } from './sections/accepted-risks.js';
import { appendix } from './sections/appendix.js';
import { backupOverview, restoreTests, testedBackups } from './sections/backups.js';
import { capacityAfterLoss } from './sections/capacity-after-loss.js';
import { classMatrix, uncoveredDisruptions } from './sections/class-matrix.js';
import { derivedLevels } from './sections/derived-levels.js';
import { drills } from './sections/drills.js';
import { money } from './sections/money.js';
import { objectives } from './sections/objectives.js';
import { priorities } from './sections/priorities.js';
import { scenarioResults } from './sections/scenario-results.js';
import { type Highlights, summary } from './sections/summary.js';
import { titlePage } from './sections/title-page.js';
import { usedAssumptions } from './sections/used-assumptions.js';
import { weakPoints } from './sections/weak-points.js';

/** The report. Never throws for a model that was built; what cannot be known says what is missing. */
export function reportOf(input: ReportInput): Document {
  const { model, analysis, findings, origin } = input;
  const { asOf } = analysis;
  const promises = promisesOf(model, analysis);
  const cost = money(model, analysis);
  return {
    title: `Disaster recovery report: ${model.title === undefined || model.title === '' ? model.name : model.title}`,
    subtitle: `As of ${asOf}`,
    front: titlePage(input),
    sections: [
      summary(promises, highlightsOf(input)),
      objectives(promises),
      classMatrix(model, analysis),
      weakPoints(model, analysis),
      priorities(model, analysis),
      scenarioResults(model, analysis),
      drills(model, analysis),
      restoreTests(model, asOf),
      backupOverview(model, analysis),
      acceptedRisks(model, findings, asOf),
      capacityAfterLoss(model, analysis),
      ...(cost === undefined ? [] : [cost]),
      derivedLevels(model, analysis),
      usedAssumptions(model, analysis),
      ...appendix(input),
    ],
    footer: `${model.name}, as of ${asOf}. Made by DRML ${origin.version} from sources with the SHA-256 ${origin.sha256}.`,
  };
}

function highlightsOf({ model, analysis }: ReportInput): Highlights {
  const expectations = model.scenarios.flatMap(({ name }) => analysis.scenario(name)?.expectations ?? []);
  const count = (met: boolean | undefined): number => expectations.filter((each) => each.met === met).length;
  const acceptances = acceptancesOf(model);
  const backups = testedBackups(model, analysis.asOf);
  return {
    expectations: { met: count(true), missed: count(false), unknown: count(undefined) },
    acceptances: acceptances.length,
    expiredAcceptances: acceptances.filter(({ acceptance }) => isExpired(acceptance, analysis.asOf)).length,
    drills: analysis.drills().length,
    backups: backups.length,
    uncovered: uncoveredDisruptions(model, analysis),
    backupsInTime: backups.filter(({ inTime }) => inTime === true).length,
  };
}
