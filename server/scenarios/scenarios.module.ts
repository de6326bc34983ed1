import { Module } from '@nestjs/common';
import { ChainModule } from '../chain/chain.module.js';
import { ComputedModule } from '../http/computed.module.js';
import { EffectService } from './effect.service.js';
import { ScenariosController } from './scenarios.controller.js';
import { ScenariosService } from './scenarios.service.js';

@Module({
  imports: [ComputedModule, ChainModule],
  controllers: [ScenariosController],
  providers: [ScenariosService, EffectService],
  exports: [EffectService],
})
export class ScenariosModule {}
