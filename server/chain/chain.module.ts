import { Module } from '@nestjs/common';
import { StandingService } from '../benefits/standing.service.js';
import { ComputedModule } from '../http/computed.module.js';
import { ChainController } from './chain.controller.js';
import { ChainService } from './chain.service.js';
import { GapsService } from './gaps.service.js';
import { PictureService } from './picture.service.js';

@Module({
  imports: [ComputedModule],
  controllers: [ChainController],
  // StandingService holds nothing: each module that needs it has its own.
  providers: [ChainService, GapsService, PictureService, StandingService],
  exports: [ChainService, GapsService, PictureService],
})
export class ChainModule {}
