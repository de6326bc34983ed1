import type { DecisionService } from '../decisions/decision.service.js';
import type { ActionsService } from '../benefits/actions.service.js';
import type { ConfirmationsService } from '../benefits/confirmations.service.js';
import type { StandingService } from '../benefits/standing.service.js';
import type { MismatchService } from '../capabilities/mismatch.service.js';
import type { CaseService } from '../case/case.service.js';
import type { BenefitRegister } from '../benefits/register.service.js';
import type { ForecastService } from '../case/forecast.service.js';
import type { ChainService } from '../chain/chain.service.js';
import type { GapsService } from '../chain/gaps.service.js';
import type { PictureService } from '../chain/picture.service.js';
import type { IndicatorsService } from '../indicators/indicators.service.js';
import type { OwnFigures } from '../signs/own-figures.service.js';
import type { EffectService } from '../scenarios/effect.service.js';
import type { StakeholdersService } from '../surveys/stakeholders.service.js';

/** What figures are worked out with. */
export interface TraceServices {
  readonly chain: Pick<ChainService, 'facts'>;
  readonly standings: StandingService;
  readonly gaps: GapsService;
  readonly cases: CaseService;
  readonly forecasts: ForecastService;
  readonly confirmations: ConfirmationsService;
  readonly pictures: PictureService;
  readonly effects: EffectService;
  readonly register: BenefitRegister;
  readonly actions: ActionsService;
  readonly signs: OwnFigures;
  readonly mismatch: MismatchService;
  readonly decisions: DecisionService;
  readonly indicators: IndicatorsService;
  readonly stakeholders: StakeholdersService;
}
