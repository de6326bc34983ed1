import { Module, type DynamicModule } from '@nestjs/common';
import { AccessModule } from './access/access.module.js';
import { AuditModule } from './audit/audit.module.js';
import { BenefitsModule } from './benefits/benefits.module.js';
import { ConfirmationsModule } from './benefits/confirmations.module.js';
import { ValueModule } from './benefits/value.module.js';
import { CapabilitiesModule } from './capabilities/capabilities.module.js';
import { CaseModule } from './case/case.module.js';
import { ChainModule } from './chain/chain.module.js';
import { DatabaseModule, type Surroundings } from './database/database.module.js';
import { DecisionsModule } from './decisions/decisions.module.js';
import { EfficiencyModule } from './efficiency/efficiency.module.js';
import { EntryModule } from './entry/entry.module.js';
import { EvidenceModule } from './evidence/evidence.module.js';
import { ExampleModule } from './example/example.module.js';
import { FlowModule } from './flow/flow.module.js';
import { HttpModule } from './http/http.module.js';
import { ImportsModule } from './imports/imports.module.js';
import { IndicatorsModule } from './indicators/indicators.module.js';
import { MetricsModule } from './metrics/metrics.module.js';
import { OverviewModule } from './overview/overview.module.js';
import { RecordsModule } from './records/records.module.js';
import { RemindersModule } from './reminders/reminders.module.js';
import { MeetingModule } from './reviews/meeting.module.js';
import { ReviewsModule } from './reviews/reviews.module.js';
import { ScenariosModule } from './scenarios/scenarios.module.js';
import { SearchModule } from './search/search.module.js';
import { SignsModule } from './signs/signs.module.js';
import { ServicesModule } from './services/services.module.js';
import { SurveysModule } from './surveys/surveys.module.js';
import { TraceModule } from './trace/trace.module.js';
import { ViewsModule } from './views/views.module.js';

/** The table of contents. */
@Module({})
export class AppModule {
  static with(surroundings: Surroundings): DynamicModule {
    return {
      module: AppModule,
      imports: [
        DatabaseModule.with(surroundings),
        HttpModule,
        AccessModule,
        AuditModule,
        RecordsModule,
        ChainModule,
        CaseModule,
        ScenariosModule,
        SearchModule,
        BenefitsModule,
        ConfirmationsModule,
        EntryModule,
        RemindersModule,
        EvidenceModule,
        ValueModule,
        MetricsModule,
        SurveysModule,
        DecisionsModule,
        FlowModule,
        SignsModule,
        ServicesModule,
        CapabilitiesModule,
        IndicatorsModule,
        EfficiencyModule,
        TraceModule,
        OverviewModule,
        ReviewsModule,
        MeetingModule,
        ViewsModule,
        ImportsModule,
        ExampleModule,
      ],
    };
  }
}
